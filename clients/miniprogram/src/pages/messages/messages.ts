import { page } from "../../lib/page";

page({ tab: "messages", data: {}, methods: {} });
