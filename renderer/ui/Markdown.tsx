import { lexer, type Token, type Tokens } from 'marked';
import type { ReactNode } from 'react';
import classes from './Markdown.module.css';

const children = (tokens: Token[] | undefined): ReactNode[] =>
  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity but their place
  (tokens ?? []).map((token, index) => <Piece key={index} token={token} />);

const Heading = ({ token }: { token: Tokens.Heading }) => {
  if (token.depth === 1) return <h2>{children(token.tokens)}</h2>;
  return token.depth === 2 ? <h3>{children(token.tokens)}</h3> : <h4>{children(token.tokens)}</h4>;
};

const List = ({ token }: { token: Tokens.List }) => {
  const items = token.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
    <li key={index} data-task={item.task || undefined}>
      {item.task && (
        <input
          type="checkbox"
          checked={item.checked === true}
          readOnly
          tabIndex={-1}
          aria-label={item.text}
        />
      )}
      {children(item.tokens.filter((one) => one.type !== 'checkbox'))}
    </li>
  ));
  return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>;
};

/** Elements are made here one by one; raw HTML of the text stays text, links are shown, not followed. */
const Piece = ({ token }: { token: Token }): ReactNode => {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      return <Heading token={token as Tokens.Heading} />;
    case 'paragraph':
      return <p>{children(token.tokens)}</p>;
    case 'list':
      return <List token={token as Tokens.List} />;
    case 'blockquote':
      return <blockquote>{children(token.tokens)}</blockquote>;
    case 'code':
      return <pre>{token.text}</pre>;
    case 'codespan':
      return <code>{token.text}</code>;
    case 'strong':
      return <strong>{children(token.tokens)}</strong>;
    case 'em':
      return <em>{children(token.tokens)}</em>;
    case 'del':
      return <del>{children(token.tokens)}</del>;
    case 'hr':
      return <hr />;
    case 'br':
      return <br />;
    case 'text':
      return 'tokens' in token && token.tokens ? children(token.tokens) : token.text;
    case 'escape':
      return token.text;
    case 'link':
      return <span title={(token as Tokens.Link).href}>{children(token.tokens)}</span>;
    default:
      return token.raw;
  }
};

/** Markdown as React elements; nothing in the text can become HTML. */
export const Markdown = ({ text }: { text: string }) => (
  <div className={classes.markdown}>{children(lexer(text, { gfm: true, breaks: true }))}</div>
);
