// Opens GraphiQL on this machine's own endpoint. Mutations need an idempotencyKey: type a fresh one for each try.
const root = ReactDOM.createRoot(document.getElementById("workbench"));
const fetcher = GraphiQL.createFetcher({ url: "/graphql" });
root.render(React.createElement(GraphiQL, { fetcher, defaultEditorToolsVisibility: true }));
