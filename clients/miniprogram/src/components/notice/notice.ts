Component({
  properties: {
    kind: { type: String, value: "info" },
    title: { type: String, value: "" },
    text: { type: String, value: "" },
  },
});
