Component({
  properties: {
    kind: { type: String, value: "primary" },
    label: { type: String, value: "" },
    busy: { type: Boolean, value: false },
    disabled: { type: Boolean, value: false },
    small: { type: Boolean, value: false },
  },
  methods: {
    press() {
      if (!this.properties.disabled && !this.properties.busy) this.triggerEvent("press");
    },
  },
});
