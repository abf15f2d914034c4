// Swagger UI on the service's own description. Who is logged in to the console may try everything out here; who
// is not logs in there first and comes back.

import 'swagger-ui-dist/swagger-ui.css';
import './main.css';
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';

const session = await fetch('/session', { cache: 'no-store' }).then((response) => response.json());
if (session.login_required && session.csrf_token === null) location.replace('/#/docs');
else showDocs(session.csrf_token);

function showDocs(csrfToken) {
  if (matchMedia('(prefers-color-scheme: dark)').matches) document.documentElement.classList.add('dark-mode');
  SwaggerUI({
    domNode: document.getElementById('docs'),
    url: '/openapi.json',
    validatorUrl: null, // a picture from another host otherwise
    deepLinking: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: 0,
    requestInterceptor: (request) => withCsrfToken(request, csrfToken),
  });
}

function withCsrfToken(request, csrfToken) {
  const isOurs = new URL(request.url, location.href).origin === location.origin;
  const changes = request.method !== undefined && !['GET', 'HEAD'].includes(request.method.toUpperCase());
  if (isOurs && changes && csrfToken) request.headers['X-CSRF-Token'] = csrfToken;
  return request;
}
