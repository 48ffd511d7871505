import { go } from "../../lib/page";

Component({
  properties: {
    heading: { type: String, value: "" },
    icon: { type: String, value: "" },
    link: { type: String, value: "" },
    label: { type: String, value: "" },
    tone: { type: String, value: "" },
  },
  methods: {
    open() {
      if (this.properties.link) go(this.properties.link);
    },
  },
});
