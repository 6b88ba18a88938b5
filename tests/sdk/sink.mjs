// A mail server that keeps what it is sent.
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Listens on a port of its own; `mails` fills up with { from, to, parameters, raw }. */
export async function startSink({ offers = ['PIPELINING', 'SIZE 10240000', '8BITMIME', 'SMTPUTF8'] } = {}) {
  const mails = [];
  const lines = new Set();
  const server = createServer((line) => {
    lines.add(line);
    line.on('error', () => {}).on('close', () => lines.delete(line));
    line.setNoDelay(true);
    line.write('220 sink\r\n');
    let unread = Buffer.alloc(0);
    let mail = null;
    let content = false;
    line.on('data', (chunk) => {
      unread = Buffer.concat([unread, chunk]);
      for (;;) {
        if (content) {
          const end = unread.indexOf('\r\n.\r\n');
          if (end < 0) return;
          mails.push({ ...mail, raw: Buffer.from(unread.subarray(0, end + 2).toString('latin1').replace(/^\./gm, ''), 'latin1') });
          unread = unread.subarray(end + 5);
          content = false;
          line.write('250 2.0.0 taken\r\n');
          continue;
        }
        const end = unread.indexOf('\r\n');
        if (end < 0) return;
        const said = unread.subarray(0, end).toString();
        unread = unread.subarray(end + 2);
        line.write(answer(said));
      }
    });

    function answer(said) {
      const [, path, parameters] = /<(.*)>(.*)/.exec(said) ?? [];
      switch (said.slice(0, 4).toUpperCase()) {
        case 'EHLO':
          return ['sink', ...offers].map((word, index, { length }) => `250${index === length - 1 ? ' ' : '-'}${word}\r\n`).join('');
        case 'MAIL':
          mail = { from: path, parameters: parameters.trim() };
          return '250 2.1.0 ok\r\n';
        case 'RCPT':
          mail.to = path;
          return '250 2.1.5 ok\r\n';
        case 'DATA':
          content = true;
          return '354 go\r\n';
        case 'QUIT':
          return '221 bye\r\n';
        default:
          return '250 ok\r\n';
      }
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    mails,
    port: server.address().port,
    stop: () => {
      for (const line of lines) line.destroy();
      server.close();
    },
  };
}
