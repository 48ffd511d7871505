import { type Dot, isSignature, Strokes } from "../../lib/strokes";

interface Touched {
  readonly touches: readonly { readonly x: number; readonly y: number }[];
}

const INK = "#14213d";
const WIDTH_PX = 3;

Component({
  data: { isDrawn: false },
  lifetimes: {
    ready() {
      void this.paper();
    },
  },
  methods: {
    /** Finds the canvas, as sharp as the screen is. */
    paper(): Promise<WechatMiniprogram.Canvas | null> {
      return new Promise((resolve) => {
        wx.createSelectorQuery()
          .in(this)
          .select("#paper")
          .fields({ node: true, size: true })
          .exec(([found]: ({ node: WechatMiniprogram.Canvas; width: number; height: number } | null)[]) => {
            if (!found?.node) return resolve(null);
            const { node, width, height } = found;
            const sharp = wx.getWindowInfo().pixelRatio;
            if (node.width !== width * sharp) {
              node.width = width * sharp;
              node.height = height * sharp;
              node.getContext("2d").scale(sharp, sharp);
            }
            resolve(node);
          });
      });
    },
    strokes(): Strokes {
      const self = this as unknown as { kept?: Strokes };
      self.kept ??= new Strokes();
      return self.kept;
    },
    begin(event: Touched) {
      const dot = event.touches[0];
      if (dot) this.strokes().begin(dot);
    },
    async go(event: Touched) {
      const dot = event.touches[0];
      const from = dot && this.strokes().go(dot);
      if (from) await this.ink(from, dot);
    },
    end() {
      const isDrawn = isSignature(this.strokes().all);
      if (isDrawn !== this.data.isDrawn) this.setData({ isDrawn });
      this.triggerEvent("drawn", { isDrawn });
    },
    async ink(from: Dot, to: Dot) {
      const brush = (await this.paper())?.getContext("2d");
      if (!brush) return;
      brush.strokeStyle = INK;
      brush.lineWidth = WIDTH_PX;
      brush.lineCap = "round";
      brush.beginPath();
      brush.moveTo(from.x, from.y);
      brush.lineTo(to.x, to.y);
      brush.stroke();
    },
    async clear() {
      this.strokes().clear();
      const paper = await this.paper();
      paper?.getContext("2d").clearRect(0, 0, paper.width, paper.height);
      this.setData({ isDrawn: false });
      this.triggerEvent("drawn", { isDrawn: false });
    },
    /** Gives the drawing as a picture; nothing where nothing was drawn. */
    async picture(): Promise<string | null> {
      const canvas = await this.paper();
      if (!canvas || !isSignature(this.strokes().all)) return null;
      const { tempFilePath } = await wx.canvasToTempFilePath({ canvas, fileType: "png" } as never);
      return tempFilePath;
    },
  },
});
