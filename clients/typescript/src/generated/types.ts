// Made by generate.mjs from the contract and its documents. Mend those, then: make contract WRITE=1
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Why somebody did not come. */
export type AbsenceReason =
  /** 其实我来了. */
  | 'CAME'
  /** 家里有人要照顾. */
  | 'CARE'
  /** 忘记了. */
  | 'FORGOT'
  /** 身体不舒服，或行动不便. */
  | 'HEALTH'
  /** 别的原因. */
  | 'OTHER'
  /** 事情已经解决了. */
  | 'SOLVED'
  /** 路远、没有车，或找不到地方. */
  | 'WAY'
  /** 请不到假. */
  | 'WORK';

/** What somebody needs. */
export type AccessNeed =
  /** 有家人或护理人员陪同. */
  | 'COMPANION'
  /** 只会说方言，或少数民族语言. */
  | 'DIALECT'
  /** 不要打电话，发短信给我. */
  | 'DO_NOT_RING'
  /** 不太识字，要说得简单、配图. */
  | 'EASY_READ'
  /** 60 岁以上，请说慢一点、写大一点. */
  | 'ELDERLY'
  /** 带导盲犬. */
  | 'GUIDE_DOG'
  /** 看不清，需要大字. */
  | 'LARGE_PRINT'
  /** 看不见，要念给我听. */
  | 'READ_ALOUD'
  /** 需要手语翻译. */
  | 'SIGN_LANGUAGE'
  /** 坐轮椅，或走路不方便. */
  | 'WHEELCHAIR'
  /** 听不清，用写字交流. */
  | 'WRITING';

/** What sort of somebody is signed in. */
export type ActorKind =
  /** Nobody known. */
  | 'ANYONE'
  /** A citizen. */
  | 'CITIZEN'
  /** A member of staff. */
  | 'STAFF'
  /** The service itself. */
  | 'SYSTEM';

/** What is different about it. */
export type AlternativeKind =
  /** 换方式. */
  | 'MODE'
  /** 换地点. */
  | 'PLACE'
  /** 换时间. */
  | 'TIME';

/** What a volunteer says. */
export type AnswerCompanionInput = {
  /** Whether one comes along. */
  accepts: boolean;
  /** Which visit: the id of what one was asked. */
  id: string;
  /** The secret of the volunteer's own link. */
  link: string;
};

/** What somebody answered to one question. No values: they cannot or need not say. */
export type AnswerInput = {
  /** The name of the question. */
  field: string;
  /** The answer as it was typed or chosen. */
  values: Array<string>;
};

/** Which entry, and what they say. */
export type AnswerOfferInput = {
  /** Whether they take what they are offered. */
  accepts: boolean;
  /** The secret of the personal link. */
  link: string;
};

/** How somebody wants to be told and reminded. */
export type AppointmentReach =
  /** Staff ring them up: they have no smartphone, or do not read texts. */
  | 'CALL'
  /** By text. */
  | 'TEXT';

/** What can be ordered. */
export type AppointmentServiceKind =
  /** A talk at a stop of the circuit, on its day. */
  | 'CIRCUIT'
  /** A talk at the window before or after the usual hours. */
  | 'EXTENDED_HOURS'
  /** Staff come to the person's home. */
  | 'HOME_VISIT'
  /** Staff ring at the time. */
  | 'PHONE_CALLBACK'
  /** A talk by video, at a station. */
  | 'VIDEO'
  /** A talk at the window. */
  | 'WINDOW_TALK';

/** How far an appointment has come. */
export type AppointmentState =
  /** 已到. */
  | 'ARRIVED'
  /** 已预约. */
  | 'BOOKED'
  /** 已取消. */
  | 'CANCELLED'
  /** 已办完. */
  | 'DONE'
  /** 没有来. */
  | 'NO_SHOW';

/** What to ask for, where no window suits. */
export type AskHomeVisitInput = {
  /** How to get to the door; 200 characters. */
  accessNotes?: string | null | undefined;
  /** The address; 120 characters. */
  address: string;
  /** The code that was texted. */
  code?: string | null | undefined;
  /** Which code was asked for with `sendCode`, by whoever has not signed in. */
  codeRequest?: string | null | undefined;
  /** What to call whoever orders. */
  name: string;
  /** Anything to know; 200 characters. */
  note?: string | null | undefined;
  /** Where to come. */
  place: VisitPlaceInput;
  /** Why; one at least. */
  reasons: Array<VisitReason>;
  /** Who is visited. */
  visitee: VisiteeInput;
  /** What counts when it is decided who comes. */
  wishes: VisitWishesInput;
};

/** A file, and the paper it stands for. */
export type AttachEvidenceInput = {
  /** The draft. */
  draftId: string;
  /** The code of the paper on the list. */
  item: string;
  /** The token the upload gave. */
  token: string;
};

/** A WeChat, and a number proved in one of two ways: `phoneCode`, or `request` and `code`. */
export type BindPhoneInput = {
  /** The six digits that were texted. */
  code?: string | null | undefined;
  /** What the person will find in their list of devices, after 微信. */
  device?: string | null | undefined;
  /** The code of WeChat's `getPhoneNumber` button; good once. */
  phoneCode?: string | null | undefined;
  /** From `sendCode`, where the number is typed instead. */
  request?: string | null | undefined;
  /** From `signInByWechat`. */
  ticket: string;
};

/** What `wx.login` gave. */
export type BindWechatInput = {
  /** The code of `wx.login`; good once, for five minutes. */
  code: string;
};

/** What to order. */
export type BookAppointmentInput = {
  /** How it is safe to ring them, where they ordered a call. */
  calling?: CallingInput | null | undefined;
  /** The code that was texted. */
  code?: string | null | undefined;
  /** Which code was asked for with `sendCode`, by whoever has not signed in. */
  codeRequest?: string | null | undefined;
  /** The secret of the time that is kept, where one is. */
  hold?: string | null | undefined;
  /** What to call the person; 40 characters. */
  name: string;
  /** What the person needs; may be empty. */
  needs?: Array<AccessNeed> | null | undefined;
  /** Anything to know; 200 characters. */
  note?: string | null | undefined;
  /** How to tell and remind the person. */
  reach?: AppointmentReach | null | undefined;
  /** The service. */
  service: AppointmentServiceKind;
  /** When it begins: one of the free times. */
  startsAt: string;
  /** The station's code, as people type it. */
  station: string;
};

/** Why there is a notice. */
export type BulletinKind =
  /** 突发事件. */
  | 'EMERGENCY'
  /** 系统维护. */
  | 'MAINTENANCE'
  /** 服务调整. */
  | 'SERVICE';

/** What somebody says who calls for help; all of it as they like. */
export type CallForHelpInput = {
  /** A mobile to be texted at; may be empty. */
  phone?: string | null | undefined;
  /** Where they are; it is rounded to a kilometre before anything is kept. */
  position?: PositionInput | null | undefined;
  /** Or the division they are in. */
  region?: string | null | undefined;
  /** Codes of boxes. */
  ticks?: Array<string> | null | undefined;
  /** Words; 500 characters. */
  words?: string | null | undefined;
};

/** How it is safe to ring somebody; what is not said is taken as carefully as can be. */
export type CallingInput = {
  /** Whether to say who rings. */
  maySay?: boolean | null | undefined;
  /** Whether to ring at the time that was ordered alone. */
  onlyThen?: boolean | null | undefined;
  /** Whether a text is safe where nobody answers. */
  textInstead?: boolean | null | undefined;
};

/** Which to give back. */
export type CancelAppointmentInput = {
  /** The secret of the personal link. */
  link: string;
};

/** Where to move it. */
export type ChangeAppointmentInput = {
  /** The secret of the personal link. */
  link: string;
  /** When it is to begin: one of the free times. */
  startsAt: string;
};

/** Where to move it. */
export type ChangeHomeVisitInput = {
  /** The secret of the personal link. */
  link: string;
  /** When the window begins: one that was offered. */
  startsAt: string;
};

/** Which of the times instead. */
export type ChooseInsteadInput = {
  /** The secret of the personal link. */
  link: string;
  /** The service. */
  service: AppointmentServiceKind;
  /** When it begins. */
  startsAt: string;
  /** The station's code, as people type it. */
  station: string;
};

/** Which one somebody will come to. */
export type ConfirmAppointmentInput = {
  /** The secret of the personal link. */
  link: string;
};

/** How far a report on a page has come. */
export type ContentReportState =
  /** 已更正. */
  | 'ACCEPTED'
  /** 已核实，没有更改. */
  | 'EXPLAINED'
  /** 正在核实. */
  | 'OPEN';

/** What is wrong with a page. */
export type ContentReportSubject =
  /** 打不开、看不到或听不到. */
  | 'BROKEN'
  /** 其他. */
  | 'OTHER'
  /** 法律或规定已经变了. */
  | 'OUTDATED'
  /** 能认出某个人. */
  | 'PRIVACY'
  /** 看不懂. */
  | 'UNCLEAR'
  /** 内容有错. */
  | 'WRONG';

/** The frame coordinates are in. */
export type Datum =
  /** What Baidu says. */
  | 'BD09'
  /** What WeChat, Tencent and Amap say. */
  | 'GCJ02'
  /** What satellites and browsers say; CGCS2000 is the same for our purposes. */
  | 'WGS84';

/** Whether a division still exists. */
export type DivisionStatus =
  /** It exists. */
  | 'ACTIVE'
  /** It was merged or renamed; kept for old addresses. */
  | 'REVOKED';

/** Which device to end. */
export type EndDeviceInput = {
  /** The id of one of your devices. */
  device: string;
};

/** Why somebody did not come. */
export type ExplainAbsenceInput = {
  /** The secret of the personal link. */
  link: string;
  /** Whether to be rung. */
  wantsCall?: boolean | null | undefined;
  /** Why. */
  why: AbsenceReason;
};

/** How what was found goes with what was typed. */
export type FoundWay =
  /** It has much of what was typed. */
  | 'LOOSE'
  /** It has the words, or others that mean the same. */
  | 'MEANT'
  /** No page was found. */
  | 'NOTHING'
  /** It has words that sound like what was typed. */
  | 'SOUND';

/** How a point was come by. */
export type GeoQuality =
  /** A place of GeoNames. */
  | 'GEONAMES'
  /** Taken from the township: distances are approximate. */
  | 'INHERITED'
  /** There is none. */
  | 'NONE'
  /** The seat of the division. */
  | 'SEAT'
  /** Given by the office itself. */
  | 'SURVEYED'
  /** Computed, for demonstration: distances are approximate. */
  | 'SYNTHETIC';

/** Which call. */
export type HelpLinkInput = {
  /** The secret of the call's link. */
  link: string;
};

/** What to add to which call. */
export type HelpWordsInput = {
  /** The secret of the call's link. */
  link: string;
  /** Words; 500 characters. */
  words: string;
};

/** Which time that is kept. */
export type HoldInput = {
  /** The secret of the time that is kept. */
  hold: string;
};

/** Which time to keep. */
export type HoldTimeInput = {
  /** The secret of the time kept so far, given back for it. */
  insteadOf?: string | null | undefined;
  /** The service. */
  service: AppointmentServiceKind;
  /** When it begins: one of the free times. */
  startsAt: string;
  /** The station's code, as people type it. */
  station: string;
};

/** What to wait for. */
export type JoinWaitingListInput = {
  /** The code that was texted. */
  code?: string | null | undefined;
  /** Which code was asked for with `sendCode`. */
  codeRequest?: string | null | undefined;
  /** The first day that would suit. */
  firstOn: string;
  /** The last day that would suit. */
  lastOn: string;
  /** What to call the person; 40 characters. */
  name: string;
  /** What the person needs; may be empty. */
  needs?: Array<AccessNeed> | null | undefined;
  /** How to tell them of an offer. */
  reach?: AppointmentReach | null | undefined;
  /** The service. */
  service: AppointmentServiceKind;
  /** The station's code, as people type it. */
  station: string;
};

/** What sort of answer a question wants. */
export type Kind =
  /** Any of the options; NONE stands alone. */
  | 'CHECKBOXES'
  /** A day, ISO 8601. */
  | 'DATE'
  /** A whole number, more than 0. */
  | 'INTEGER'
  /** An amount in yuan, as people type it. */
  | 'MONEY'
  /** One of the options. */
  | 'RADIO'
  /** A division code: one of the options, or a finer one. */
  | 'REGION'
  /** One line. */
  | 'TEXT'
  /** Several lines. */
  | 'TEXTAREA'
  /** YES or NO. */
  | 'YES_NO';

/** What to end. */
export type LeaveCircuitInput = {
  /** The secret of the link in the text. */
  link: string;
};

/** Which time, and whether its page was left or is looked at again. */
export type LeaveHoldInput = {
  /** The secret of the time that is kept. */
  hold: string;
  /** Whether the page is looked at again. */
  isBack?: boolean | null | undefined;
};

/** Which order nothing is wanted instead of. */
export type LetBeInput = {
  /** The secret of the personal link. */
  link: string;
};

/** What sort of message it is. */
export type MessageKind =
  /** It is about the account itself. */
  | 'ACCOUNT'
  /** There is something to look at. */
  | 'NEWS'
  /** It answers what somebody has just done. */
  | 'RECEIPT'
  /** An appointment comes near. */
  | 'REMINDER';

/** How somebody wants to be told. */
export type MessageSettingsInput = {
  /** By e-mail besides; the mailbox has to be confirmed. */
  byEmail: boolean;
  /** By text message. */
  bySms: boolean;
  /** By WeChat, where a message is allowed. */
  byWechat: boolean;
};

/** What to order. */
export type OrderHomeVisitInput = {
  /** How to get to the door; 200 characters. */
  accessNotes?: string | null | undefined;
  /** The address; 120 characters. */
  address: string;
  /** The code that was texted. */
  code?: string | null | undefined;
  /** Which code was asked for with `sendCode`, by whoever has not signed in. */
  codeRequest?: string | null | undefined;
  /** What to call whoever orders. */
  name: string;
  /** Anything to know; 200 characters. */
  note?: string | null | undefined;
  /** Where to come. */
  place: VisitPlaceInput;
  /** Why; one at least. */
  reasons: Array<VisitReason>;
  /** When the window begins: one that was offered. */
  startsAt: string;
  /** Who is visited. */
  visitee: VisiteeInput;
  /** What counts when it is decided who comes. */
  wishes: VisitWishesInput;
};

/** What sort of page it is. */
export type PageKind =
  /** 普法文章. */
  | 'ARTICLE'
  /** 以案释法. */
  | 'CASE'
  /** 活动. */
  | 'EVENT'
  /** 问答. */
  | 'FAQ'
  /** 文书模板. */
  | 'FORM'
  /** 办事指南. */
  | 'GUIDE'
  /** 法条卡片. */
  | 'LAW_CARD'
  /** 宣传单. */
  | 'LEAFLET'
  /** 通知公告. */
  | 'NOTICE'
  /** 小测验. */
  | 'QUIZ'
  /** 视频. */
  | 'VIDEO';

/** What a page is written in. */
export type PageLanguage =
  /** English. */
  | 'ENGLISH'
  /** Chinese in simplified characters. */
  | 'SIMPLIFIED'
  /** Chinese in traditional characters. */
  | 'TRADITIONAL';

/** Which level of the platform a place belongs to. */
export type PlatformLevel =
  /** Prefecture. */
  | 'CITY_CENTRE'
  /** County. */
  | 'COUNTY_CENTRE'
  /** A liaison officer of a group of households. */
  | 'LIAISON'
  /** Province. */
  | 'PROVINCE_CENTRE'
  /** Township or street. */
  | 'TOWNSHIP_STATION'
  /** Village or neighbourhood. */
  | 'VILLAGE_POINT';

/** Where somebody is. It is never stored, never logged, and taken by POST alone. */
export type PositionInput = {
  /** The frame they are in. */
  datum: Datum;
  /** Latitude in degrees. */
  lat: number;
  /** Longitude in degrees. */
  lon: number;
};

/** How far a step is. */
export type Progress =
  /** Being filled in. */
  | 'CURRENT'
  /** Filled in. */
  | 'DONE'
  /** Not filled in yet. */
  | 'TODO';

/** How it was. */
export type RateAppointmentInput = {
  /** The secret of the personal link. */
  link: string;
  /** From 1, very bad, to 5, very good. */
  score: number;
  /** Whether to be rung. Only then do staff learn who it is. */
  wantsCall?: boolean | null | undefined;
  /** Anything to say; 300 characters. */
  words?: string | null | undefined;
};

/** Which message. */
export type ReadMessageInput = {
  /** One of your messages; without it, all of them. */
  message?: string | null | undefined;
};

/** Why an agency is suggested. */
export type Reason =
  /** It is the agency of the county. */
  | 'COUNTY'
  /** It is near, takes applications and hands them on. */
  | 'NEARBY'
  /** It is the agency of the prefecture. */
  | 'PREFECTURE'
  /** It is the centre of the province. */
  | 'PROVINCE';

/** The newest refresh token. */
export type RefreshInput = {
  /** Good once. */
  refreshToken: string;
};

/** What somebody offers, and the proof that the number is theirs. */
export type RegisterVolunteerInput = {
  /** Anything to know. */
  about?: string | null | undefined;
  /** The code that was texted. */
  code: string;
  /** Which code was asked for with `sendCode`. */
  codeRequest: string;
  /** What to call them. */
  name: string;
  /** The division they can help in. */
  region: string;
  /** What they can do. */
  skills: Array<VolunteerSkill>;
};

/** Which file. */
export type RemoveEvidenceInput = {
  /** The draft. */
  draftId: string;
  /** The token of the file. */
  token: string;
};

/** What is wrong. */
export type ReportContentInput = {
  /** A mobile number for one text when there is an answer; forgotten afterwards. */
  phone?: string | null | undefined;
  /** The page's name in addresses. */
  slug: string;
  /** What it is about. */
  subject?: ContentReportSubject | null | undefined;
  /** What it should be; 500 characters. */
  words: string;
};

/** Which talk. */
export type RingInsteadInput = {
  /** The secret of the personal link. */
  link: string;
};

/** How hardship may be verified; the applicant chooses. */
export type Route =
  /** A paper the applicant chooses to hand in. */
  | 'CERTIFICATE'
  /** The agency looks it up. */
  | 'DATA_SHARING'
  /** A signed personal integrity pledge. */
  | 'PLEDGE';

/** A finished pre-check. */
export type SavePreCheckInput = {
  /** All answers. */
  answers: Array<AnswerInput>;
  /** A division code, where it is not among the answers. */
  region?: string | null | undefined;
};

/** The answers to a step. */
export type SaveStepInput = {
  /** Its answers; a question that is left out keeps the answer it had. */
  answers: Array<AnswerInput>;
  /** The version of the draft that was shown. */
  baseVersion: number;
  /** The draft. */
  draftId: string;
  /** The name of the step. */
  step: string;
};

/** What a scene leads to. */
export type SceneKind =
  /** The check of who stands at the door. */
  | 'DOOR'
  /** Something begun elsewhere, to go on with; only its owner can. */
  | 'DRAFT'
  /** Something that takes place. */
  | 'EVENT'
  /** A liaison point. */
  | 'LIAISON'
  /** A place. */
  | 'STATION';

/** Where to send a code. */
export type SendCodeInput = {
  /** A mainland mobile number, as people write it. */
  phone: string;
};

/** What `wx.login` gave. */
export type SignInByWechatInput = {
  /** The code of `wx.login`; good once, for five minutes. */
  code: string;
  /** What the person will find in their list of devices, after 微信. */
  device?: string | null | undefined;
};

/** The code that came. */
export type SignInInput = {
  /** The six digits. */
  code: string;
  /** What the person will find in their list of devices. */
  device?: string | null | undefined;
  /** Stay signed in on this device for 30 days. */
  remember?: boolean | null | undefined;
  /** From `sendCode`. */
  request: string;
};

/** Where to sign out. */
export type SignOutInput = {
  /** On all devices, not only this one. */
  everywhere?: boolean | null | undefined;
};

/** A signature. */
export type SignPledgeInput = {
  /** The codes of all clauses that were ticked. */
  acknowledged: Array<string>;
  /** The draft it is for. */
  draftId: string;
  /** The token of the uploaded drawing, or of the photograph of a thumb-print. */
  drawing?: string | null | undefined;
  /** How it is signed. */
  method: SignatureMethod;
  /** The applicant's name, typed. */
  name: string;
  /** The edition that was shown. */
  version: string;
  /** The code somebody of the staff says who sits beside; empty where nobody does. */
  witness?: string | null | undefined;
};

/** How a pledge is signed. All ways count the same. */
export type SignatureMethod =
  /** By drawing, and typing one's name. */
  | 'DRAWN'
  /** By the photograph of a thumb-print on paper, with somebody of the staff beside. */
  | 'THUMBPRINT'
  /** By typing one's name. */
  | 'TYPED';

/** What to start from. */
export type StartDraftInput = {
  /** The code of a pre-check whose answers are carried over. */
  code?: string | null | undefined;
};

/** What sort of station it is. */
export type StationKind =
  /** 法律援助巡回点. */
  | 'CIRCUIT_STOP'
  /** 法院工作站. */
  | 'COURT'
  /** 看守所工作站. */
  | 'DETENTION_CENTRE'
  /** 残联工作站. */
  | 'DISABLED_FEDERATION'
  /** 强制隔离戒毒所工作站. */
  | 'DRUG_REHAB'
  /** 养老机构工作站. */
  | 'ELDERCARE_HOME'
  /** 老龄委工作站. */
  | 'ELDERLY_COMMITTEE'
  /** 司法鉴定机构. */
  | 'FORENSIC'
  /** 司法局. */
  | 'JUSTICE_BUREAU'
  /** 劳动仲裁院工作站. */
  | 'LABOUR_ARBITRATION'
  /** 律师事务所. */
  | 'LAW_FIRM'
  /** 法律援助中心. */
  | 'LEGAL_AID_CENTRE'
  /** 法律援助联络点. */
  | 'LIAISON_POINT'
  /** 人民调解委员会. */
  | 'MEDIATION'
  /** 农民工工作站. */
  | 'MIGRANT_WORKERS'
  /** 军人军属工作站. */
  | 'MILITARY'
  /** 公证处. */
  | 'NOTARY'
  /** 党群服务中心工作站. */
  | 'PARTY_MASS_SERVICE_CENTRE'
  /** 信访工作站. */
  | 'PETITION'
  /** 监狱工作站. */
  | 'PRISON'
  /** 检察院工作站. */
  | 'PROCURATORATE'
  /** 公共法律服务中心. */
  | 'PUBLIC_LEGAL_SERVICE_CENTRE'
  /** 公共法律服务工作站. */
  | 'PUBLIC_LEGAL_SERVICE_STATION'
  /** 学校工作站. */
  | 'SCHOOL'
  /** 自助服务终端. */
  | 'SELF_SERVICE_TERMINAL'
  /** 司法所. */
  | 'TOWNSHIP_JUDICIAL_OFFICE'
  /** 工会工作站. */
  | 'TRADE_UNION'
  /** 退役军人工作站. */
  | 'VETERANS'
  /** 公共法律服务点. */
  | 'VILLAGE_POINT'
  /** 妇联工作站. */
  | 'WOMENS_FEDERATION'
  /** 共青团工作站. */
  | 'YOUTH_LEAGUE';

/** One thing somebody needs of a station. Several hold together. */
export type StationNeed =
  /** 无障碍卫生间. */
  | 'ACCESSIBLE_TOILET'
  /** 接收法律援助申请. */
  | 'APPLICATIONS'
  /** 巡回服务. */
  | 'CIRCUIT'
  /** 法律咨询. */
  | 'CONSULTATION'
  /** 延时服务. */
  | 'EXTENDED_HOURS'
  /** 法律援助初审. */
  | 'FIRST_REVIEW'
  /** 司法鉴定. */
  | 'FORENSIC'
  /** 导盲犬可进. */
  | 'GUIDE_DOG'
  /** 助听设备或手语预约. */
  | 'HEARING_LOOP_OR_SIGN_LANGUAGE'
  /** 上门服务. */
  | 'HOME_VISIT'
  /** 自助终端. */
  | 'KIOSK'
  /** 电梯. */
  | 'LIFT'
  /** 低位服务台. */
  | 'LOW_COUNTER'
  /** 老花镜、放大镜. */
  | 'MAGNIFIER'
  /** 人民调解. */
  | 'MEDIATION'
  /** 军人军属窗口. */
  | 'MILITARY'
  /** 公证. */
  | 'NOTARY'
  /** 母婴室. */
  | 'NURSING_ROOM'
  /** 平时 18:00 以后也开门. */
  | 'OPEN_AFTER_18'
  /** 现在开门. */
  | 'OPEN_NOW'
  /** 这个周末开门. */
  | 'OPEN_THIS_WEEKEND'
  /** 今晚开门. */
  | 'OPEN_TONIGHT'
  /** 停车位. */
  | 'PARKING'
  /** 手语服务. */
  | 'SIGN_LANGUAGE'
  /** 视频咨询. */
  | 'VIDEO'
  /** 视频咨询间. */
  | 'VIDEO_BOOTH'
  /** 可借轮椅. */
  | 'WHEELCHAIR'
  /** 轮椅坡道. */
  | 'WHEELCHAIR_RAMP'
  /** 写字板. */
  | 'WRITING_BOARD';

/** What comes first. */
export type StationOrder =
  /** The nearest as the crow flies. */
  | 'DISTANCE'
  /** The quickest to reach, by the way of going. */
  | 'TIME';

/** What sort of page a step is. */
export type StepKind =
  /** Everything to check before handing in. */
  | 'CHECK'
  /** Papers to hand in. */
  | 'EVIDENCE'
  /** The pledge to sign. */
  | 'PLEDGE'
  /** Questions to answer. */
  | 'QUESTIONS';

/** Which draft. */
export type SubmitApplicationInput = {
  /** The draft to hand in. */
  draftId: string;
};

/** What somebody answered to one message. */
export type SubscribeAnswerInput = {
  /** The name of the message, from `subscriptionOffers`. */
  name: string;
  /** What WeChat says they answered. */
  result: SubscribeResult;
};

/** What somebody answered when WeChat asked them. */
export type SubscribeConsentInput = {
  /** One answer a message; three at most. */
  results: Array<SubscribeAnswerInput>;
};

/** What WeChat says somebody answered. */
export type SubscribeResult =
  /** Allowed, once. */
  | 'ACCEPT'
  /** Turned off by WeChat. */
  | 'BAN'
  /** Left out by WeChat: another one has the same title. */
  | 'FILTER'
  /** Not allowed. */
  | 'REJECT';

/** A file for one thing that is missing. */
export type SupplyEvidenceInput = {
  /** The id of the item. */
  item: string;
  /** The number of the case. */
  reference: string;
  /** The token the upload gave. */
  token: string;
};

/** Everything that was written on a draft since the device saw it last. */
export type SyncDraftInput = {
  /** The version of the draft the device was shown last. */
  baseVersion: number;
  /** The draft. */
  draftId: string;
  /** The steps, in the order they were written; 60 at most. */
  pages: Array<SyncPageInput>;
};

/** The answers to one step, as they were written on the device. */
export type SyncPageInput = {
  /** Only what was touched: the rest keeps its answer. */
  answers: Array<AnswerInput>;
  /** The name of the step. */
  step: string;
};

/** What to take a number for. */
export type TakeTicketInput = {
  /** The number of an order; empty for who just comes. */
  reference?: string | null | undefined;
  /** What the sign in the hall carries. */
  sign: string;
  /** The station's code, as people type it. */
  station: string;
  /** The word of the day, where it is asked for. */
  word?: string | null | undefined;
};

/** Which number. */
export type TicketLinkInput = {
  /** The secret of the ticket's link. */
  link: string;
};

/** What became of a number. */
export type TicketState =
  /** 叫到了. */
  | 'CALLED'
  /** 不等了. */
  | 'LEFT'
  /** 过号. */
  | 'MISSED'
  /** 办好了. */
  | 'SERVED'
  /** 在等. */
  | 'WAITING';

/** How somebody goes. */
export type TravelMode =
  /** By car. */
  | 'DRIVE'
  /** By bicycle. */
  | 'RIDE'
  /** On foot. */
  | 'WALK';

/** The three outcomes. None is a refusal: everybody may apply, and a person decides. */
export type Verdict =
  /** Legal aid is likely. */
  | 'LIKELY'
  /** Perhaps not legal aid; other help is named. */
  | 'OTHER_HELP'
  /** A person must look. */
  | 'PERSON_LOOKS';

/** When it suits. */
export type VisitHalfDay =
  /** 下午方便. */
  | 'AFTERNOON'
  /** 上午方便. */
  | 'MORNING';

/** What is spoken. */
export type VisitLanguage =
  /** 侗语. */
  | 'DONG'
  /** 本地方言. */
  | 'LOCAL'
  /** 普通话. */
  | 'MANDARIN'
  /** 苗语. */
  | 'MIAO'
  /** 土家语. */
  | 'TUJIA'
  /** 瑶语. */
  | 'YAO';

/** Where somebody lives, as `geocode` gives it. It is sealed where it is kept, and taken by POST alone. */
export type VisitPlaceInput = {
  /** Code of the division. */
  division: string;
  /** Whether the point stands for a whole village or township. */
  isApproximate?: boolean | null | undefined;
  /** The point, where one is known. */
  position?: PositionInput | null | undefined;
};

/** Why somebody is visited. Nothing has to be proved. */
export type VisitReason =
  /** 年纪大，出门困难. */
  | 'AGE'
  /** 要照顾家里的人，走不开. */
  | 'CARER'
  /** 身体有残疾，出门困难. */
  | 'DISABILITY'
  /** 生病或受伤，出不了门. */
  | 'ILLNESS'
  /** 怀孕，或孩子刚出生. */
  | 'MATERNITY'
  /** 因公、因战负伤的军人. */
  | 'MILITARY_INJURY'
  /** 别的原因，出不了门. */
  | 'OTHER'
  /** 住得偏远，没有车. */
  | 'REMOTE';

/** Whom somebody orders for. */
export type VisitRelation =
  /** 我照顾的人. */
  | 'CARER'
  /** 我的家人. */
  | 'FAMILY'
  /** 我监护的人. */
  | 'GUARDIAN'
  /** 邻居、朋友或村（居）民. */
  | 'NEIGHBOUR'
  /** 我自己. */
  | 'SELF'
  /** 来办事的人（工作人员代约）. */
  | 'STAFF';

/** What it is about, as far as it matters who comes. */
export type VisitSpecialty =
  /** 残疾人的事. */
  | 'DISABLED'
  /** 老人的事. */
  | 'ELDERLY'
  /** 婚姻、家庭、家暴. */
  | 'FAMILY'
  /** 交通事故、受伤赔偿. */
  | 'INJURY'
  /** 工作、工资、工伤. */
  | 'LABOUR'
  /** 土地、房子. */
  | 'LAND'
  /** 孩子的事. */
  | 'MINORS';

/** What counts when it is decided who comes. Language, signing and a woman are conditions; the rest are wishes. */
export type VisitWishesInput = {
  /** When it suits. */
  halfDay?: VisitHalfDay | null | undefined;
  /** What is spoken. */
  language?: VisitLanguage | null | undefined;
  /** What is needed. */
  needs?: Array<AccessNeed> | null | undefined;
  /** What it is about. */
  specialty?: VisitSpecialty | null | undefined;
  /** Whether a woman has to be among those who come. */
  woman?: boolean | null | undefined;
};

/** Who is visited, where somebody else orders. */
export type VisiteeInput = {
  /** That they know and agree. */
  agreed?: boolean | null | undefined;
  /** What to call them. */
  name?: string | null | undefined;
  /** Their number, mobile or landline. They are told. */
  phone?: string | null | undefined;
  /** Whom one orders for. */
  relation: VisitRelation;
};

/** Whose link. */
export type VolunteerLinkInput = {
  /** The secret of the volunteer's own link. */
  link: string;
};

/** What a volunteer can do. */
export type VolunteerSkill =
  /** 会本地方言或少数民族语言. */
  | 'DIALECT'
  /** 能陪同出门、陪同办事. */
  | 'ESCORT'
  /** 会手语. */
  | 'SIGN_LANGUAGE'
  /** 能帮忙念、帮忙写. */
  | 'WRITING';

/** Which entry. */
export type WaitingLinkInput = {
  /** The secret of the personal link. */
  link: string;
};

/** Where somebody wants to hear of stops, and the proof that the number is theirs. */
export type WatchCircuitInput = {
  /** The code that was texted. */
  code: string;
  /** Which code was asked for with `sendCode`. */
  codeRequest: string;
  /** A county, a township or a village. */
  region: string;
};

export type AddPaperMutationVariables = Exact<{
  input: AttachEvidenceInput;
  idempotencyKey: string;
}>;


export type AddPaperMutation = { attachEvidence: { draft: { id: string, version: number, evidence: Array<{ code: string, files: Array<{ token: string, name: string, bytes: number, thumbnailUrl: string | null, warnings: Array<string> }> }> } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } };

export type AnswerOfferMutationVariables = Exact<{
  input: AnswerOfferInput;
  idempotencyKey: string;
}>;


export type AnswerOfferMutation = { answerOffer: { appointment: { reference: string, startsAt: string, link: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type AppointmentByLinkQueryVariables = Exact<{
  link: string;
}>;


export type AppointmentByLinkQuery = { appointmentByLink: { reference: string, state: AppointmentState, stateText: string, startsAt: string, endsAt: string, canChange: boolean, canCancel: boolean, isConfirmed: boolean, canConfirm: boolean, meetingOpensAt: string | null, meetingUrl: string | null, isRungInstead: boolean, calendarFile: string, service: { code: AppointmentServiceKind, label: string, bring: Array<string>, isRemote: boolean }, place: { code: string, name: string, address: string, phone: string } } };

export type AppointmentInsteadQueryVariables = Exact<{
  link: string;
}>;


export type AppointmentInsteadQuery = { appointmentInstead: { why: string, isSettled: boolean, appointment: { reference: string, startsAt: string, link: string, service: { label: string }, place: { code: string, name: string } }, alternatives: Array<{ kind: AlternativeKind, kindText: string, startsAt: string, endsAt: string, distanceText: string | null, service: { code: AppointmentServiceKind, label: string }, station: { code: string, name: string, isDemo: boolean, demoNote: string | null } }> } };

export type AppointmentRatingQueryVariables = Exact<{
  link: string;
}>;


export type AppointmentRatingQuery = { appointmentRating: { score: number | null, words: string, wantsCall: boolean, canRate: boolean, isLow: boolean, answer: string, answeredAt: string | null, appointment: { reference: string, startsAt: string, link: string, service: { label: string }, place: { code: string, name: string } }, outcome: { outcomeText: string, nextStep: string, nextOn: string | null } | null, scores: Array<{ score: number, label: string }> } };

export type AskForHelpMutationVariables = Exact<{
  input: CallForHelpInput;
  idempotencyKey: string;
}>;


export type AskForHelpMutation = { callForHelp: { call: { reference: string, isClosed: boolean, dueAt: string, link: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type BecomeVolunteerMutationVariables = Exact<{
  input: RegisterVolunteerInput;
  idempotencyKey: string;
}>;


export type BecomeVolunteerMutation = { registerVolunteer: { link: string | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type BeginDraftMutationVariables = Exact<{
  input: StartDraftInput;
  idempotencyKey: string;
}>;


export type BeginDraftMutation = { startDraft: { draft: { id: string, version: number, nextStep: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } };

export type BindPhoneMutationVariables = Exact<{
  input: BindPhoneInput;
  idempotencyKey: string;
}>;


export type BindPhoneMutation = { bindPhone: { session: { accessToken: string, accessExpiresAt: string, refreshToken: string, refreshExpiresAt: string, isRemembered: boolean } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type BindWechatMutationVariables = Exact<{
  input: BindWechatInput;
  idempotencyKey: string;
}>;


export type BindWechatMutation = { bindWechat: { boundAt: string | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type BookAppointmentMutationVariables = Exact<{
  input: BookAppointmentInput;
  idempotencyKey: string;
}>;


export type BookAppointmentMutation = { bookAppointment: { appointment: { reference: string, startsAt: string, endsAt: string, link: string, service: { label: string, bring: Array<string> }, place: { name: string, address: string } } | null, alternatives: Array<{ kind: AlternativeKind, kindText: string, startsAt: string, endsAt: string, distanceText: string | null, service: { code: AppointmentServiceKind, label: string }, station: { code: string, name: string } }> | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type BookHomeVisitMutationVariables = Exact<{
  input: OrderHomeVisitInput;
  idempotencyKey: string;
}>;


export type BookHomeVisitMutation = { orderHomeVisit: { appointment: { reference: string, startsAt: string, state: AppointmentState, link: string } | null, alternatives: Array<{ startsAt: string, endsAt: string, reasons: Array<string> }> | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type CancelAppointmentMutationVariables = Exact<{
  input: CancelAppointmentInput;
  idempotencyKey: string;
}>;


export type CancelAppointmentMutation = { cancelAppointment: { appointment: { reference: string, state: AppointmentState } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type CaseProgressQueryVariables = Exact<{
  reference: string;
}>;


export type CaseProgressQuery = { caseFile: { reference: string, state: string, stateText: string, matterTitle: string, agencyName: string, receivedAt: string, turn: string, turnText: string, canWithdraw: boolean, decisionDue: { target: string, legal: string, provisional: boolean, pausedSince: string | null }, timeline: Array<{ kind: string, title: string, text: string, at: string | null, by: string, due: string | null, state: string }>, openNotice: { issuedAt: string, dueOn: string, items: Array<{ id: string, code: string, title: string, text: string, suppliedAt: string | null }> } | null, decision: { kind: string, decidedAt: string, explanation: string, reasons: Array<{ title: string, text: string, basis: string }> } | null, letters: Array<{ id: string, title: string, number: string, issuedAt: string, url: string }>, evidence: Array<{ item: string, title: string, name: string, size: number }>, judgement: { discreet: boolean } } };

export type ChangeAppointmentMutationVariables = Exact<{
  input: ChangeAppointmentInput;
  idempotencyKey: string;
}>;


export type ChangeAppointmentMutation = { changeAppointment: { appointment: { reference: string, startsAt: string, endsAt: string } | null, alternatives: Array<{ kind: AlternativeKind, kindText: string, startsAt: string, endsAt: string, distanceText: string | null, service: { code: AppointmentServiceKind, label: string }, station: { code: string, name: string } }> | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type ChooseOtherTimeMutationVariables = Exact<{
  input: ChooseInsteadInput;
  idempotencyKey: string;
}>;


export type ChooseOtherTimeMutation = { chooseInstead: { appointment: { reference: string, startsAt: string, link: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type ComeAlongMutationVariables = Exact<{
  input: AnswerCompanionInput;
  idempotencyKey: string;
}>;


export type ComeAlongMutation = { answerCompanion: { state: string | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type ConfirmAppointmentMutationVariables = Exact<{
  input: ConfirmAppointmentInput;
  idempotencyKey: string;
}>;


export type ConfirmAppointmentMutation = { confirmAppointment: { appointment: { isConfirmed: boolean } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type DivisionSearchQueryVariables = Exact<{
  text: string;
  first: number;
  within?: string | null | undefined;
}>;


export type DivisionSearchQuery = { divisionSearch: Array<{ code: string, name: string, fullName: string, level: number, status: DivisionStatus, path: Array<{ code: string, name: string, level: number }> }> };

export type DivisionsQueryVariables = Exact<{
  parent?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type DivisionsQuery = { divisions: { nodes: Array<{ code: string, name: string, level: number }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DraftCheckQueryVariables = Exact<{
  id: string;
}>;


export type DraftCheckQuery = { draft: { id: string, version: number, savedAt: string, discreet: boolean, isHandedIn: boolean, summary: Array<{ title: string, steps: Array<{ name: string, title: string, kind: StepKind, isDone: boolean, rows: Array<{ text: string, answered: boolean, question: { name: string, title: string } }> }> }>, evidence: Array<{ code: string, title: string, needed: boolean, files: Array<{ token: string, name: string, bytes: number }> }>, judgement: { urgent: boolean, urgentReason: string }, pledge: { signedAt: string, method: string } | null } };

export type DraftPageQueryVariables = Exact<{
  id: string;
  step: string;
}>;


export type DraftPageQuery = { draft: { id: string, version: number, savedAt: string, discreet: boolean, steps: Array<{ name: string, title: string, section: string, state: Progress }>, step: { name: string, title: string, help: string, kind: StepKind, previous: string | null, fields: Array<{ values: Array<string>, text: string, answered: boolean, question: { name: string, title: string, help: string, kind: Kind, required: boolean, unit: string, maxLength: number | null, options: Array<{ value: string, label: string, hint: string }> } }> }, evidence: Array<{ code: string, title: string, what: string, issuer: string, needed: boolean, files: Array<{ token: string, name: string, bytes: number, url: string, thumbnailUrl: string | null, warnings: Array<string> }> }> } };

export type EligibilityCheckQueryVariables = Exact<{
  answers: Array<AnswerInput> | AnswerInput;
  region?: string | null | undefined;
}>;


export type EligibilityCheckQuery = { preCheck: { nextQuestion: CheckQuestionFragment | null, answered: Array<{ values: Array<string>, text: string, question: CheckQuestionFragment }>, judgement: CheckAnswerFragment | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } };

export type CheckQuestionFragment = { name: string, title: string, help: string, kind: Kind, required: boolean, unit: string, maxLength: number | null, options: Array<{ value: string, label: string, hint: string }> };

export type CheckAnswerFragment = { verdict: Verdict, headline: string, hardshipCheckRequired: boolean, routes: Array<Route>, proof: Array<string>, urgent: boolean, urgentReason: string, discreet: boolean, whatWouldChange: Array<string>, regionName: string, judgedOn: string, explanation: Array<{ rule: string, article: string, text: string, holds: boolean | null }>, nextSteps: Array<{ code: string, title: string, text: string }> };

export type EndDeviceMutationVariables = Exact<{
  input: EndDeviceInput;
  idempotencyKey: string;
}>;


export type EndDeviceMutation = { endDevice: { problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type EndHelpCallMutationVariables = Exact<{
  input: HelpLinkInput;
  idempotencyKey: string;
}>;


export type EndHelpCallMutation = { endHelpCall: { call: { reference: string, isClosed: boolean, dueAt: string, link: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type ExplainAbsenceMutationVariables = Exact<{
  input: ExplainAbsenceInput;
  idempotencyKey: string;
}>;


export type ExplainAbsenceMutation = { explainAbsence: { missed: { why: AbsenceReason | null, wantsCall: boolean } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type ExtendHoldMutationVariables = Exact<{
  input: HoldInput;
  idempotencyKey: string;
}>;


export type ExtendHoldMutation = { extendHold: { held: { secret: string, until: string, secondsLeft: number, isExtendable: boolean } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type FreeTimesQueryVariables = Exact<{
  station: string;
  service: AppointmentServiceKind;
  from: string;
  days: number;
}>;


export type FreeTimesQuery = { freeTimes: { lastOn: string, days: Array<{ date: string, note: string, slots: Array<{ startsAt: string, endsAt: string }> }> } };

export type GeocodeTextQueryVariables = Exact<{
  text: string;
  first: number;
}>;


export type GeocodeTextQuery = { geocode: { source: string, places: Array<{ name: string, fullName: string, divisionCode: string | null, lat: number, lon: number, datum: Datum, isApproximate: boolean, note: string }> } };

export type GivePledgeMutationVariables = Exact<{
  input: SignPledgeInput;
  idempotencyKey: string;
}>;


export type GivePledgeMutation = { signPledge: { signed: { signedAt: string, method: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } };

export type HallQueueQueryVariables = Exact<{
  station: string;
  sign: string;
}>;


export type HallQueueQuery = { queueBoard: { waiting: number, asksWord: boolean, station: { code: string, name: string }, wait: { least: number, most: number } } };

export type HandInMutationVariables = Exact<{
  input: SubmitApplicationInput;
  idempotencyKey: string;
}>;


export type HandInMutation = { submitApplication: { application: { reference: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } };

export type HelpBoxesQueryVariables = Exact<{ [key: string]: never; }>;


export type HelpBoxesQuery = { helpTicks: Array<{ code: string, label: string }> };

export type HelpByLinkQueryVariables = Exact<{
  link: string;
}>;


export type HelpByLinkQuery = { helpByLink: { reference: string, openedAt: string, dueAt: string, answeredAt: string | null, isOverdue: boolean, isClosed: boolean, inDanger: boolean, link: string, words: Array<{ words: string, saidBy: string, isStaff: boolean, saidAt: string }>, station: { code: string, name: string, phone: string, isDemo: boolean, demoNote: string | null }, contact: { name: string, phone: string, hoursText: string, standsInFor: string } | null } };

export type HoldTimeMutationVariables = Exact<{
  input: HoldTimeInput;
  idempotencyKey: string;
}>;


export type HoldTimeMutation = { holdTime: { held: { secret: string, startsAt: string, until: string, secondsLeft: number, isExtendable: boolean, station: { code: string, name: string }, service: { code: AppointmentServiceKind, label: string } } | null, alternatives: Array<{ kind: AlternativeKind, kindText: string, startsAt: string, endsAt: string, distanceText: string | null, service: { code: AppointmentServiceKind, label: string }, station: { code: string, name: string } }> | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type HomeQueryVariables = Exact<{
  position?: PositionInput | null | undefined;
  region?: string | null | undefined;
}>;


export type HomeQuery = { home: { isSignedIn: boolean, cases: { hasMore: boolean, trouble: TroubleFragment | null, cases: Array<{ reference: string, state: string, stateText: string, isYourTurn: boolean, receivedAt: string }>, drafts: Array<{ id: string, savedAt: string, expiresAt: string }> }, appointment: { startsAt: string | null, endsAt: string | null, service: string, stateText: string, place: string, address: string, link: string | null, trouble: TroubleFragment | null }, place: { code: string, name: string, address: string, phone: string, isOpen: boolean, opening: string, distanceText: string, walkMinutes: number | null, isDemo: boolean, trouble: TroubleFragment | null }, pages: { trouble: TroubleFragment | null, pages: Array<{ slug: string, title: string, kindName: string, minutes: number }> }, bulletins: { trouble: TroubleFragment | null, bulletins: Array<{ id: string, kind: BulletinKind, title: string, words: string, endsAt: string }> } } };

export type TroubleFragment = { code: string, text: string, remedy: string, retryable: boolean, reference: string | null };

export type HomeVisitByLinkQueryVariables = Exact<{
  link: string;
  from: string;
  days: number;
}>;


export type HomeVisitByLinkQuery = { homeVisitByLink: { startsAt: string, endsAt: string, isForOther: boolean, needs: Array<string>, appointment: { reference: string, state: AppointmentState, stateText: string, canChange: boolean, canCancel: boolean, takenBackWhy: string | null }, workers: Array<{ name: string, workNumber: string }> }, otherVisitWindows: { lastOn: string, days: Array<{ date: string, note: string, windows: Array<{ startsAt: string, endsAt: string, reasons: Array<string> }> }> } };

export type HotlineDirectoryQueryVariables = Exact<{ [key: string]: never; }>;


export type HotlineDirectoryQuery = { hotlines: { checkedOn: string, note: string, relay: string, groups: Array<string>, lines: Array<{ number: string, href: string, name: string, about: string, groups: Array<string>, isText: boolean, isUrgent: boolean, isOpen: boolean | null, sentence: string }> } };

export type JoinWaitingListMutationVariables = Exact<{
  input: JoinWaitingListInput;
  idempotencyKey: string;
}>;


export type JoinWaitingListMutation = { joinWaitingList: { entry: { firstOn: string, lastOn: string, isWaiting: boolean, stateText: string, link: string, station: { code: string, name: string, isDemo: boolean, demoNote: string | null }, service: { code: AppointmentServiceKind, label: string }, offered: { startsAt: string, endsAt: string, until: string } | null } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type KeepEligibilityCheckMutationVariables = Exact<{
  input: SavePreCheckInput;
  idempotencyKey: string;
}>;


export type KeepEligibilityCheckMutation = { savePreCheck: { savedPreCheck: { code: string, expiresAt: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type LeaveHoldMutationVariables = Exact<{
  input: LeaveHoldInput;
  idempotencyKey: string;
}>;


export type LeaveHoldMutation = { leaveHold: { problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type LeaveStopsMutationVariables = Exact<{
  input: LeaveCircuitInput;
  idempotencyKey: string;
}>;


export type LeaveStopsMutation = { leaveCircuit: { left: boolean | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type LeaveTheQueueMutationVariables = Exact<{
  input: TicketLinkInput;
  idempotencyKey: string;
}>;


export type LeaveTheQueueMutation = { leaveQueue: { ticket: { number: number, state: TicketState, isTexted: boolean, link: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type LeaveWaitingListMutationVariables = Exact<{
  input: WaitingLinkInput;
  idempotencyKey: string;
}>;


export type LeaveWaitingListMutation = { leaveWaitingList: { problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type LetAppointmentBeMutationVariables = Exact<{
  input: LetBeInput;
  idempotencyKey: string;
}>;


export type LetAppointmentBeMutation = { letBe: { appointment: { reference: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type MattersQueryVariables = Exact<{
  region?: string | null | undefined;
}>;


export type MattersQuery = { matters: Array<{ code: string, title: string, hint: string, examples: Array<string>, legalBasis: Array<string>, hardshipRequired: boolean, inScope: boolean }> };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { kind: ActorKind, name: string, maskedPhone: string | null, region: string | null, permissions: Array<string>, roles: Array<{ code: string, title: string }>, devices: Array<{ id: string, label: string, isCurrent: boolean, createdAt: string, lastUsedAt: string, expiresAt: string }> } | null };

export type MeetingWayInQueryVariables = Exact<{
  link: string;
}>;


export type MeetingWayInQuery = { wayIntoMeeting: string };

export type MessageSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type MessageSettingsQuery = { messageSettings: { byWechat: boolean, bySms: boolean, byEmail: boolean, isWechatBound: boolean, isEmailOffered: boolean, maskedEmail: string, isEmailConfirmed: boolean } };

export type MessagesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type MessagesQuery = { unreadMessages: number, messages: { nodes: Array<{ id: string, kind: MessageKind, title: string, body: string, path: string, createdAt: string, readAt: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MissedAppointmentQueryVariables = Exact<{
  link: string;
}>;


export type MissedAppointmentQuery = { missedAppointment: { why: AbsenceReason | null, wantsCall: boolean, appointment: { reference: string, startsAt: string, link: string, service: { code: AppointmentServiceKind, label: string }, place: { code: string, name: string } }, choices: Array<{ code: AbsenceReason, label: string }> } };

export type MoveHomeVisitMutationVariables = Exact<{
  input: ChangeHomeVisitInput;
  idempotencyKey: string;
}>;


export type MoveHomeVisitMutation = { changeHomeVisit: { appointment: { reference: string, startsAt: string, state: AppointmentState, link: string } | null, alternatives: Array<{ startsAt: string, endsAt: string, reasons: Array<string> }> | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type MyAppointmentsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type MyAppointmentsQuery = { myAppointments: { nodes: Array<{ reference: string, state: AppointmentState, stateText: string, startsAt: string, endsAt: string, canChange: boolean, canCancel: boolean, link: string, service: { label: string }, place: { code: string, name: string, address: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MyCasesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type MyCasesQuery = { myApplications: { nodes: Array<{ reference: string, state: string, stateText: string, receivedAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, myDrafts: Array<{ id: string, savedAt: string, expiresAt: string }> };

export type MyCasesSinceQueryVariables = Exact<{
  since?: string | null | undefined;
}>;


export type MyCasesSinceQuery = { caseChanges: { next: string, more: boolean, goneDrafts: Array<string>, cases: Array<{ reference: string, state: string, stateText: string, matterTitle: string, agencyName: string, receivedAt: string, changedAt: string }>, drafts: Array<{ id: string, version: number, savedAt: string, expiresAt: string }> } };

export type NearbyQueryVariables = Exact<{
  position?: PositionInput | null | undefined;
  region?: string | null | undefined;
  needs?: Array<StationNeed> | StationNeed | null | undefined;
  kinds?: Array<StationKind> | StationKind | null | undefined;
  languages?: Array<string> | string | null | undefined;
  order?: StationOrder | null | undefined;
  mode?: TravelMode | null | undefined;
  withinMinutes?: number | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type NearbyQuery = { nearbyStations: { totalCount: number, note: string, nodes: Array<{ metres: number, distanceText: string, isApproximate: boolean, bearing: number, bearingText: string, walkMinutes: number, rideMinutes: number, driveMinutes: number, station: StationCardFragment }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, facets: Array<{ need: StationNeed, label: string, count: number }>, relaxed: Array<{ need: StationNeed | null, label: string }>, origin: { name: string, isApproximate: boolean, isOutsideProvince: boolean, competent: string | null } } };

export type StationCardFragment = { id: string, code: string, name: string, kind: StationKind, kindName: string, address: string, phone: string, hours: string, hoursNote: string, languages: Array<string>, homeVisitKm: number, takesApplications: boolean, isRestricted: boolean, restrictedNote: string | null, isDemo: boolean, demoNote: string | null, opening: { isOpen: boolean, until: string | null, opensAt: string | null, sentence: string, reason: string, notice: string, isProvisional: boolean, note: string } | null, services: Array<{ code: string, label: string }>, accessibility: Array<{ code: string, label: string, isThere: boolean, verifiedOn: string | null }> };

export type OfficeServicesQueryVariables = Exact<{
  station: string;
}>;


export type OfficeServicesQuery = { serviceList: { on: string, station: { code: string, name: string, isDemo: boolean, demoNote: string | null }, fields: Array<{ code: string, title: string, lines: Array<string>, isPublished: boolean }> } };

export type PageCorrectionQueryVariables = Exact<{
  code: string;
}>;


export type PageCorrectionQuery = { contentCorrection: { code: string, slug: string, title: string, subjectText: string, state: ContentReportState, stateText: string, reportedAt: string, answer: string, answeredAt: string | null } | null };

export type PageShelvesQueryVariables = Exact<{ [key: string]: never; }>;


export type PageShelvesQuery = { contentVersion: string, pageShelves: Array<{ code: string, name: string, isGroup: boolean, count: number }> };

export type PageTextQueryVariables = Exact<{
  slug: string;
  language?: PageLanguage | null | undefined;
}>;


export type PageTextQuery = { page: { isMissing: boolean, html: string, words: string, card: { slug: string, kind: PageKind, kindName: string, title: string, summary: string, language: string, since: string, minutes: number, isSample: boolean }, edition: { language: string, name: string, slug: string, isConverted: boolean, isBehind: boolean }, terms: Array<{ id: string, word: string, means: string }>, fields: Array<{ name: string, label: string, value: string }>, laws: Array<{ title: string, articles: Array<number>, editionOn: string | null, checkedOn: string | null, isStale: boolean, isRepealed: boolean }>, nextSteps: Array<{ code: string, label: string, why: string, href: string, answers: Array<string> }>, related: Array<{ slug: string, kindName: string, title: string }> } };

export type PagesQueryVariables = Exact<{
  group?: string | null | undefined;
  topic?: string | null | undefined;
  kind?: PageKind | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type PagesQuery = { contentVersion: string, pages: { nodes: Array<{ slug: string, kind: PageKind, kindName: string, title: string, summary: string, minutes: number, since: string, isSample: boolean }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PaperCheckQueryVariables = Exact<{
  code: string;
  name?: string | null | undefined;
}>;


export type PaperCheckQuery = { verifyPaper: { title: string, issuedOn: string, isDemo: boolean } | null };

export type QueueTicketQueryVariables = Exact<{
  link: string;
}>;


export type QueueTicketQuery = { ticketByLink: { number: number, on: string, state: TicketState, stateText: string, window: string, ahead: number, isBooked: boolean, turnAt: string, canBeTexted: boolean, isTexted: boolean, link: string, wait: { least: number, most: number } | null, station: { code: string, name: string, isDemo: boolean, demoNote: string | null } } };

export type RateAppointmentMutationVariables = Exact<{
  input: RateAppointmentInput;
  idempotencyKey: string;
}>;


export type RateAppointmentMutation = { rateAppointment: { rating: { score: number | null, isLow: boolean } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type ReadMessageMutationVariables = Exact<{
  input: ReadMessageInput;
  idempotencyKey: string;
}>;


export type ReadMessageMutation = { readMessage: { unread: number | null, message: { id: string, path: string, readAt: string | null } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type ReadPledgeQueryVariables = Exact<{
  draftId: string;
}>;


export type ReadPledgeQuery = { pledgeForm: { template: string, version: string, title: string, intro: string, commitments: Array<string>, signerName: string, clauses: Array<{ code: string, title: string, legal: string, plain: string }>, statement: Array<{ field: string, label: string, value: string }>, signed: { signedAt: string, method: string } | null } };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshInput;
  idempotencyKey: string;
}>;


export type RefreshSessionMutation = { refreshSession: { session: { accessToken: string, accessExpiresAt: string, refreshToken: string, refreshExpiresAt: string, isRemembered: boolean } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type ReportPageMutationVariables = Exact<{
  input: ReportContentInput;
  idempotencyKey: string;
}>;


export type ReportPageMutation = { reportContent: { code: string | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type RequestHomeVisitMutationVariables = Exact<{
  input: AskHomeVisitInput;
  idempotencyKey: string;
}>;


export type RequestHomeVisitMutation = { askHomeVisit: { request: { reference: string, dueAt: string, link: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type RingInsteadMutationVariables = Exact<{
  input: RingInsteadInput;
  idempotencyKey: string;
}>;


export type RingInsteadMutation = { ringInstead: { appointment: { isRungInstead: boolean } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type SaveDraftStepMutationVariables = Exact<{
  input: SaveStepInput;
  idempotencyKey: string;
}>;


export type SaveDraftStepMutation = { saveStep: { conflicts: Array<string> | null, draft: { id: string, version: number, savedAt: string, nextStep: string, sections: Array<{ name: string, title: string, state: Progress, firstStep: string }> } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } };

export type SceneCodeQueryVariables = Exact<{
  kind: SceneKind;
  key: string;
}>;


export type SceneCodeQuery = { sceneCode: { scene: string, kind: SceneKind, key: string, path: string, picturePath: string } };

export type SceneTargetQueryVariables = Exact<{
  scene: string;
}>;


export type SceneTargetQuery = { scene: { kind: SceneKind, key: string, path: string } };

export type SearchQueryVariables = Exact<{
  words: string;
}>;


export type SearchQuery = { search: { way: FoundWay, instead: string, hits: Array<{ card: { slug: string, kindName: string, title: string }, title: Array<{ text: string, isHit: boolean }>, excerpt: Array<{ text: string, isHit: boolean }> }>, services: Array<{ code: string, label: string, why: string, href: string }>, stations: Array<{ code: string, name: string, isDemo: boolean, demoNote: string | null }>, divisions: Array<{ code: string, name: string, fullName: string }> } };

export type SendCodeMutationVariables = Exact<{
  input: SendCodeInput;
  idempotencyKey: string;
}>;


export type SendCodeMutation = { sendCode: { codeRequest: { request: string, maskedPhone: string, expiresAt: string, sendAgainAt: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type ServiceMenuQueryVariables = Exact<{
  station?: string | null | undefined;
}>;


export type ServiceMenuQuery = { appointmentServices: Array<{ code: AppointmentServiceKind, label: string, summary: string, who: string, bring: Array<string>, minutes: number, isRemote: boolean, isBookable: boolean }> };

export type SetMessageSettingsMutationVariables = Exact<{
  input: MessageSettingsInput;
  idempotencyKey: string;
}>;


export type SetMessageSettingsMutation = { setMessageSettings: { settings: { byWechat: boolean, bySms: boolean, byEmail: boolean, isWechatBound: boolean, isEmailOffered: boolean, maskedEmail: string, isEmailConfirmed: boolean } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
  idempotencyKey: string;
}>;


export type SignInMutation = { signIn: { session: { accessToken: string, accessExpiresAt: string, refreshToken: string, refreshExpiresAt: string, isRemembered: boolean } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type SignInByWechatMutationVariables = Exact<{
  input: SignInByWechatInput;
  idempotencyKey: string;
}>;


export type SignInByWechatMutation = { signInByWechat: { session: { accessToken: string, accessExpiresAt: string, refreshToken: string, refreshExpiresAt: string, isRemembered: boolean } | null, unbound: { ticket: string, expiresAt: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type SignOutMutationVariables = Exact<{
  input: SignOutInput;
  idempotencyKey: string;
}>;


export type SignOutMutation = { signOut: { ended: number | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type StandingBulletinsQueryVariables = Exact<{
  region: string;
}>;


export type StandingBulletinsQuery = { bulletins: Array<{ id: string, kind: BulletinKind, kindText: string, title: string, words: string, startsAt: string, endsAt: string }> };

export type StationDetailQueryVariables = Exact<{
  code: string;
}>;


export type StationDetailQuery = { station: { id: string, code: string, name: string, kind: StationKind, kindName: string, level: PlatformLevel, divisionCode: string, venueName: string, address: string, transport: string, phone: string, lat: number | null, lon: number | null, geoQuality: GeoQuality, hours: string, hoursNote: string, languages: Array<string>, homeVisitKm: number, takesApplications: boolean, isRestricted: boolean, restrictedNote: string | null, isDemo: boolean, demoNote: string | null, sourceNote: string, confirmedOn: string | null, correctedOn: string | null, retiredOn: string | null, directions: { lat: number, lon: number } | null, opening: { isOpen: boolean, until: string | null, opensAt: string | null, sentence: string, reason: string, notice: string, isProvisional: boolean, note: string } | null, weekHours: Array<{ on: string, day: string, text: string, isOpen: boolean, note: string }>, deviations: Array<{ firstOn: string, lastOn: string, text: string, reason: string }>, services: Array<{ code: string, label: string }>, accessibility: Array<{ code: string, label: string, isThere: boolean, verifiedOn: string | null }>, contactPerson: { name: string, workNumber: string, phone: string, hoursText: string, standsInFor: string, awayUntil: string | null } | null, dutyToday: Array<{ opens: string, closes: string, lawyer: string, firm: string, workNumber: string }>, photo: { id: string, width: number, height: number, alt: string } | null }, around: Array<{ distanceText: string, bearingText: string, walkMinutes: number, driveMinutes: number, station: { code: string, name: string, kindName: string, address: string, phone: string, isDemo: boolean, demoNote: string | null, opening: { isOpen: boolean, sentence: string } | null } }> };

export type StationDutyQueryVariables = Exact<{
  station: string;
  days: number;
}>;


export type StationDutyQuery = { contactToday: { name: string, workNumber: string, phone: string, hoursText: string, standsInFor: string, awayUntil: string | null } | null, dutyLawyers: Array<{ on: string, opens: string, closes: string, lawyer: string, firm: string, workNumber: string }> };

export type StationsOfQueryVariables = Exact<{
  region: string;
  kind?: StationKind | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type StationsOfQuery = { stations: { totalCount: number, nodes: Array<{ id: string, name: string, kind: StationKind, kindName: string, level: PlatformLevel, divisionCode: string, address: string, phone: string, lat: number | null, lon: number | null, datum: string, geoQuality: GeoQuality, hours: string, hoursNote: string, languages: Array<string>, homeVisitKm: number, takesApplications: boolean, isDemo: boolean, demoNote: string | null, accessibility: Array<{ code: string, label: string, isThere: boolean }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type StopVolunteeringMutationVariables = Exact<{
  input: VolunteerLinkInput;
  idempotencyKey: string;
}>;


export type StopVolunteeringMutation = { leaveVolunteers: { left: boolean | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type SubscribeConsentMutationVariables = Exact<{
  input: SubscribeConsentInput;
  idempotencyKey: string;
}>;


export type SubscribeConsentMutation = { subscribeConsent: { offers: Array<{ name: string, templateId: string, title: string, shown: string, leftOver: number }> | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type SubscriptionOffersQueryVariables = Exact<{ [key: string]: never; }>;


export type SubscriptionOffersQuery = { subscriptionOffers: Array<{ name: string, templateId: string, title: string, shown: string, leftOver: number }> };

export type SuggestedAgenciesQueryVariables = Exact<{
  region: string;
}>;


export type SuggestedAgenciesQuery = { division: { code: string, fullName: string }, suggestedAgencies: { freeChoice: string, agencies: Array<{ reason: Reason, reasonText: string, isSuggested: boolean, station: { id: string, name: string, address: string, phone: string, hours: string, hoursNote: string, takesApplications: boolean, isDemo: boolean, demoNote: string | null } }> } };

export type SupplyPaperMutationVariables = Exact<{
  input: SupplyEvidenceInput;
  idempotencyKey: string;
}>;


export type SupplyPaperMutation = { supplyEvidence: { caseFile: { reference: string, state: string, stateText: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } };

export type SyncDraftMutationVariables = Exact<{
  input: SyncDraftInput;
  idempotencyKey: string;
}>;


export type SyncDraftMutation = { syncDraft: { draft: { id: string, version: number, savedAt: string, nextStep: string, sections: Array<{ name: string, title: string, state: Progress, firstStep: string }> } | null, pages: Array<{ name: string, title: string, fields: Array<{ values: Array<string>, text: string, answered: boolean, question: { name: string, title: string } }> }> | null, conflicts: Array<{ step: string, field: string, title: string, mine: string, theirs: string, theirsValues: Array<string>, text: string }> | null, leftOut: Array<{ step: string, field: string | null, text: string }> | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } };

export type TakeNumberMutationVariables = Exact<{
  input: TakeTicketInput;
  idempotencyKey: string;
}>;


export type TakeNumberMutation = { takeTicket: { ticket: { number: number, ahead: number, link: string, wait: { least: number, most: number } | null } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type TakePaperBackMutationVariables = Exact<{
  input: RemoveEvidenceInput;
  idempotencyKey: string;
}>;


export type TakePaperBackMutation = { removeEvidence: { draft: { id: string, version: number, evidence: Array<{ code: string, files: Array<{ token: string, name: string, bytes: number, thumbnailUrl: string | null, warnings: Array<string> }> }> } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } };

export type TextMeSoonMutationVariables = Exact<{
  input: TicketLinkInput;
  idempotencyKey: string;
}>;


export type TextMeSoonMutation = { textMe: { ticket: { number: number, state: TicketState, isTexted: boolean, link: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type UnbindWechatMutationVariables = Exact<{
  idempotencyKey: string;
}>;


export type UnbindWechatMutation = { unbindWechat: { ended: number | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type UnreadMessagesQueryVariables = Exact<{ [key: string]: never; }>;


export type UnreadMessagesQuery = { unreadMessages: number };

export type VideoAgainMutationVariables = Exact<{
  input: RingInsteadInput;
  idempotencyKey: string;
}>;


export type VideoAgainMutation = { videoAgain: { appointment: { isRungInstead: boolean } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type VisitFormQueryVariables = Exact<{ [key: string]: never; }>;


export type VisitFormQuery = { visitChoices: { reasons: Array<{ code: string, label: string }>, relations: Array<{ code: string, label: string }>, languages: Array<{ code: string, label: string }>, specialties: Array<{ code: string, label: string }>, halfDays: Array<{ code: string, label: string }> }, accessNeeds: Array<{ code: AccessNeed, label: string }>, profileConsent: { edition: string, words: string } };

export type VisitWindowsQueryVariables = Exact<{
  place: VisitPlaceInput;
  wishes: VisitWishesInput;
  from: string;
  days: number;
}>;


export type VisitWindowsQuery = { visitWindows: { lastOn: string, days: Array<{ date: string, note: string, windows: Array<{ startsAt: string, endsAt: string, reasons: Array<string> }> }> } };

export type VisitorsCardQueryVariables = Exact<{
  link: string;
}>;


export type VisitorsCardQuery = { doorCard: { code: string, agency: string, agencyPhone: string, beginsAt: string, endsAt: string, visitors: Array<{ name: string, workNumber: string }>, photos: Array<{ workNumber: string, photo: string }> } };

export type VisitorsExpectedQueryVariables = Exact<{
  code: string;
}>;


export type VisitorsExpectedQuery = { visitorsExpected: { agency: string, agencyPhone: string, beginsAt: string, endsAt: string, visitors: Array<{ name: string, workNumber: string }>, photos: Array<{ workNumber: string, photo: string }> } | null };

export type VolunteerByLinkQueryVariables = Exact<{
  link: string;
}>;


export type VolunteerByLinkQuery = { volunteerByLink: { skills: Array<string>, isAccepted: boolean, minutes: number }, askedAlong: Array<{ id: string, startsAt: string, endsAt: string, regionName: string, stationName: string, stationPhone: string, skill: string, state: string }> };

export type VolunteerSkillsQueryVariables = Exact<{ [key: string]: never; }>;


export type VolunteerSkillsQuery = { volunteerSkills: Array<{ code: VolunteerSkill, label: string }> };

export type WaitingByLinkQueryVariables = Exact<{
  link: string;
}>;


export type WaitingByLinkQuery = { waitingByLink: { firstOn: string, lastOn: string, isWaiting: boolean, stateText: string, link: string, station: { code: string, name: string, isDemo: boolean, demoNote: string | null }, service: { code: AppointmentServiceKind, label: string }, offered: { startsAt: string, endsAt: string, until: string } | null } };

export type WatchStopsMutationVariables = Exact<{
  input: WatchCircuitInput;
  idempotencyKey: string;
}>;


export type WatchStopsMutation = { watchCircuit: { link: string | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };

export type WechatBindingQueryVariables = Exact<{ [key: string]: never; }>;


export type WechatBindingQuery = { me: { maskedPhone: string | null, wechatBoundAt: string | null } | null };

export type WriteOnMutationVariables = Exact<{
  input: HelpWordsInput;
  idempotencyKey: string;
}>;


export type WriteOnMutation = { addHelpWords: { call: { reference: string, isClosed: boolean, dueAt: string, link: string } | null, problems: Array<{ code: string, field: string | null, message: string, remedy: string }> } | null };
