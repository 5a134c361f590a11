// Shows openapi.json. `validatorUrl` is off, so that nothing is asked of another host. What is tried out
// goes by the address of this page, for a proxy may have put a path before all others.
fetch("openapi.json")
  .then((answer) => answer.json())
  .then((spec) =>
    window.SwaggerUIBundle({
      spec: { ...spec, servers: [{ url: new URL(".", location.href).href.replace(/\/$/, "") }] },
      dom_id: "#interface",
      deepLinking: true,
      validatorUrl: null,
      defaultModelsExpandDepth: 0,
      presets: [window.SwaggerUIBundle.presets.apis],
    }),
  );
