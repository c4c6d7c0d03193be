// table.table-sm-responsive-headers and table.table-md-responsive-headers: each cell learns the name of its column.

import ResponsiveTable from "fds/table";

export function start(scope) {
  const tables = "table.table-sm-responsive-headers, table.table-md-responsive-headers";
  for (const table of scope.querySelectorAll(tables)) new ResponsiveTable(table);
}
