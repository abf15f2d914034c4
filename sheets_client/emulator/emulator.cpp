// The embedded Sheets server.
