Component({
  properties: {
    name: { type: String, value: "" },
    large: { type: Boolean, value: false },
  },
});
