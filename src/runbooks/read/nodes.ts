export interface Placed {
  /** Lines of the document, from 1, ends included. */
  readonly line: number;
  readonly endLine: number;
  /** Offset in the document. */
  readonly start: number;
}

export interface CodeNode extends Placed {
  readonly kind: 'code';
  readonly how: 'fenced' | 'indented' | 'pre';
  readonly tag: string;
  readonly meta: string;
  readonly closed: boolean;
  /** Decoded, without carriage returns. */
  readonly text: string;
  /** Line of the document for an offset in `text`. */
  readonly lineAt: (offset: number) => number;
}

export interface TextNode extends Placed {
  readonly kind: 'paragraph' | 'html' | 'unreadable';
  readonly text: string;
  /** Line of the document for an offset in `text`. */
  readonly lineAt: (offset: number) => number;
}

export interface HeadingNode extends Placed {
  readonly kind: 'heading';
  readonly depth: number;
  /** Whether its box is ticked; undefined where it has none. */
  readonly done?: boolean;
  readonly text: string;
  readonly raw: string;
}

export interface TableNode extends Placed {
  readonly kind: 'table';
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Line of the document for each row. */
  readonly rowLines: readonly number[];
}

export interface ListNode extends Placed {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly items: readonly ItemNode[];
}

export interface ItemNode extends Placed {
  readonly kind: 'item';
  readonly ordered: boolean;
  readonly number: number;
  /** Whether its box is ticked; undefined where it has none. */
  readonly done?: boolean;
  /** Its own first words, without the box. */
  readonly text: string;
  readonly children: readonly Node[];
}

export interface QuoteNode extends Placed {
  readonly kind: 'quote';
  readonly children: readonly Node[];
}

export type Node = CodeNode | TextNode | HeadingNode | TableNode | ListNode | ItemNode | QuoteNode;
