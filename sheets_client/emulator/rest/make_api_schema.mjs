// Writes api_schema.txt: the methods, messages and enumerations of Google Sheets API v4 by name and type.
//   node make_api_schema.mjs DISCOVERY_DOCUMENT > api_schema.txt
// Needed only when Google's API grows; what the build reads is the text file.
import { readFileSync } from 'node:fs';

const document = JSON.parse(readFileSync(process.argv[2], 'utf8'));

// What the document does not say: which members exclude each other, and what the masks of requests are about.
const ONE_OF = {
  Request: 'kind', Response: 'kind', ExtendedValue: 'value', DataFilter: 'filter', ColorStyle: 'kind',
  DeveloperMetadataLocation: 'location', ConditionalFormatRule: 'rule', UpdateCellsRequest: 'area:start,range',
  PasteDataRequest: 'kind:delimiter,html', AutoResizeDimensionsRequest: 'dimensions',
  FindReplaceRequest: 'scope:range,sheetId,allSheets', TextRotation: 'type',
};
const MASKED = {
  AppendCellsRequest: 'CellData', UpdateCellsRequest: 'CellData', RepeatCellRequest: 'CellData',
  UpdateBandingRequest: 'BandedRange', UpdateDeveloperMetadataRequest: 'DeveloperMetadata',
  UpdateDimensionGroupRequest: 'DimensionGroup', UpdateDimensionPropertiesRequest: 'DimensionProperties',
  UpdateFilterViewRequest: 'FilterView', UpdateNamedRangeRequest: 'NamedRange',
  UpdateProtectedRangeRequest: 'ProtectedRange', UpdateSheetPropertiesRequest: 'SheetProperties',
  UpdateSpreadsheetPropertiesRequest: 'SpreadsheetProperties', UpdateTableRequest: 'Table',
  UpdateDataSourceRequest: 'DataSource', UpdateEmbeddedObjectPositionRequest: 'EmbeddedObjectPosition',
  UpdateEmbeddedObjectBorderRequest: 'EmbeddedObjectBorder', UpdateSlicerSpecRequest: 'SlicerSpec',
};
const SCALARS = { string: 's', boolean: 'b', integer: 'i', number: 'd', any: '?' };
const enums = new Map(); // values, joined: name

// An enumeration is named after its "…_UNSPECIFIED" value, or else after the member that has it.
function enumName(values, member) {
  const key = values.join(' ');
  if (!enums.has(key)) {
    const unspecified = values.find((value) => value.endsWith('_UNSPECIFIED') || value.endsWith('_UNDEFINED'));
    const words = unspecified?.split('_').slice(0, -1) ?? [member.replace(/^\W+|^response/g, '')];
    const name = words.map((word) => word[0].toUpperCase() + (unspecified ? word.slice(1).toLowerCase() : word.slice(1)))
      .join('').replace(/^InputValue/, 'ValueInput');
    if ([...enums.values()].includes(name)) throw new Error(`two enumerations would be called ${name}`);
    enums.set(key, name);
  }
  return enums.get(key);
}

// "s", "*GridRange" (a list), "%FilterCriteria" (a map), "=Dimension" (an enumeration), "~CellData" (a mask over it).
function typeOf(property, member, message) {
  if (property.$ref) return property.$ref;
  if (property.type === 'array') return '*' + (property.items.type === 'array' ? '?' : typeOf(property.items, member, message));
  if (property.type === 'object') return '%' + typeOf(property.additionalProperties, member, message);
  if (property.enum) return '=' + enumName(property.enum, member);
  if (property.format === 'google-fieldmask') return '~' + (MASKED[message] ?? '');
  return SCALARS[property.type];
}

const lines = [`# Google Sheets API v4, revision ${document.revision}: made by make_api_schema.mjs, not by hand.`];
const parameters = (list) => Object.entries(list)
  .filter(([, parameter]) => parameter.location === 'query')
  .map(([name, parameter]) => `${name}:${parameter.repeated ? '*' : ''}${typeOf(parameter, name)}`);

lines.push(['global', ...parameters(document.parameters)].join(' '));
function methods(resource, prefix) {
  for (const [name, method] of Object.entries(resource.methods ?? {}))
    lines.push(['method', prefix + name, method.httpMethod, '/' + method.path, method.request?.$ref ?? '-',
      method.response.$ref, ...parameters(method.parameters ?? {})].join(' '));
  for (const [name, below] of Object.entries(resource.resources ?? {})) methods(below, `${prefix}${name}.`);
}
methods(document, '');
for (const [name, schema] of Object.entries(document.schemas)) {
  const members = Object.entries(schema.properties ?? {}).map(([member, property]) => `${member}:${typeOf(property, member, name)}`);
  lines.push(['message', name, ...members].join(' '));
}
for (const [name, group] of Object.entries(ONE_OF)) {
  const [kind, members] = group.split(':');
  const readOnly = name === 'DeveloperMetadataLocation' ? ['locationType'] : name === 'ConditionalFormatRule' ? ['ranges'] : [];
  const all = members?.split(',') ?? Object.keys(document.schemas[name].properties).filter((m) => !readOnly.includes(m));
  lines.push(['oneof', name, kind, ...all].join(' '));
}
for (const [values, name] of enums) lines.push(`enum ${name} ${values}`);
console.log(lines.join('\n'));
