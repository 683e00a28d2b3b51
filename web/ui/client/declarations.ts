import { dirname, resolve } from "node:path";
import ts from "typescript";

/**
 * The types of a module in one file: what its exports need, from wherever it is
 * declared, and nothing else. Every name may be declared once only.
 */
export function declarations(entry: string, tsconfig: string): string {
  const emitted = emit(entry, tsconfig);
  const statements = new Map<string, ts.Statement>();
  for (const file of emitted.files.values()) {
    for (const statement of file.statements) for (const name of namesOf(statement)) {
      if (statements.has(name)) throw new Error(`${name} is declared twice: ${file.fileName}`);
      statements.set(name, statement);
    }
  }
  const needed = reach(emitted.exports.map((e) => e.name), statements);
  const shown = emitted.exports.map((e) => (e.type ? `type ${e.name}` : e.name)).sort();
  return `${[...needed].map(text).join("\n")}\nexport { ${shown.join(", ")} };\n`;
}

interface Emitted {
  /** The declarations of each source file. */
  files: Map<string, ts.SourceFile>;
  exports: { name: string; type: boolean }[];
}

function emit(entry: string, tsconfig: string): Emitted {
  const { config } = ts.readConfigFile(tsconfig, (path) => ts.sys.readFile(path)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(tsconfig));
  const program = ts.createProgram([entry], { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true, stripInternal: true });
  const wrong = ts.getPreEmitDiagnostics(program);
  if (wrong.length > 0) throw new Error(ts.formatDiagnostics(wrong, { getCanonicalFileName: (f) => f, getCurrentDirectory: () => "", getNewLine: () => "\n" }));
  const files = new Map<string, ts.SourceFile>();
  program.emit(undefined, (name, content) => files.set(name, ts.createSourceFile(name, content, ts.ScriptTarget.Latest, true)));
  const source = program.getSourceFile(resolve(entry)) ?? program.getSourceFile(entry);
  const checker = program.getTypeChecker();
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${entry} is no module`);
  const types = new Set(source.statements.filter(ts.isExportDeclaration).flatMap(typeNames));
  const exports = checker.getExportsOfModule(module).map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return { name: symbol.name, type: types.has(symbol.name) || !(target.flags & ts.SymbolFlags.Value) };
  });
  return { files, exports };
}

/** What `export type { A }` and `export { type A }` name. */
function typeNames(statement: ts.ExportDeclaration): string[] {
  const { exportClause } = statement;
  if (!exportClause || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.filter((e) => statement.isTypeOnly || e.isTypeOnly).map((e) => e.name.text);
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map((d) => d.name.getText());
  const declares = ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return declares && statement.name ? [statement.name.text] : [];
}

/** The statements that these names need, each behind those that it needs itself. */
function reach(names: string[], statements: Map<string, ts.Statement>): Set<ts.Statement> {
  const found = new Set<ts.Statement>();
  const seen = new Set<string>();
  const visit = (name: string) => {
    const statement = statements.get(name);
    if (!statement || seen.has(name)) return;
    seen.add(name);
    const walk = (node: ts.Node) => {
      const named = "name" in node.parent && node.parent.name === node; // a member or a parameter that only happens to be called so
      if (ts.isIdentifier(node) && !named) visit(node.text);
      ts.forEachChild(node, walk);
    };
    walk(statement);
    found.add(statement);
  };
  names.forEach(visit);
  return found;
}

/** A declaration with its comment, without its own export. */
function text(statement: ts.Statement): string {
  return statement.getFullText().trim().replace(/^((?:\/\*[\s\S]*?\*\/\s*)*)export (declare )?/, "$1declare ").replace(/^((?:\/\*[\s\S]*?\*\/\s*)*)declare (interface|type)\b/, "$1$2");
}
