// A real mail server on a port of its own, and everything that was sent to it.

import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** Mails as they arrived, oldest first. */
export class Mailbox {
  #server;
  #mails = [];

  constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData: (stream, session, done) => {
        simpleParser(stream).then((mail) => {
          const [{ address }] = session.envelope.rcptTo;
          this.#mails.push({ address, mail });
          done();
        }, done);
      },
    });
  }

  /** Listens; answers where. */
  listen() {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      const net = this.#server.listen(0, "127.0.0.1", () => {
        resolve(`smtp://127.0.0.1:${net.address().port}`);
      });
    });
  }

  /** What arrived, as the outbox of the console tells it, with the mail itself. */
  messages() {
    return this.#mails.map(({ address, mail }) => ({
      address,
      mail,
      channel: "email",
      text: mail.text,
      link: /https?:\/\/\S+\/s\/[\w-]+/.exec(mail.text)?.[0] ?? null,
    }));
  }

  close() {
    return new Promise((resolve) => this.#server.close(resolve));
  }
}
