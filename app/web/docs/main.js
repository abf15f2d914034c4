import 'swagger-ui-dist/swagger-ui.css';
import './main.css';
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';

SwaggerUI({ domNode: document.getElementById('docs'), url: '/openapi.json' });
