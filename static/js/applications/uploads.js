// Uploads files piece by piece (tus): with progress, pause and cancel; after a broken line or a reload
// they go on where they stopped. Without this script the same form sends them whole.
const PIECE = 512 * 1024;
const DELAYS = [0, 1000, 3000, 5000, 10000];
const AGAIN_AFTER = 10000;
let library;

// Fetched when the first file is chosen: on a slow line nobody pays for it in advance.
const tusFrom = (address) =>
  (library ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address });
    script.addEventListener("load", () => resolve(window.tus));
    script.addEventListener("error", () => {
      library = undefined;
      script.remove();
      reject(new Error("offline"));
    });
    document.head.append(script);
  }));

// Read anew each time: whoever logs in again in another tab has another token.
const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
const status = (error) => error.originalResponse?.getStatus() ?? 0;
// What the server says in words, such as that its disk is full.
const sentence = (error) =>
  error?.originalResponse?.getHeader("Content-Type")?.startsWith("text/plain") &&
  error.originalResponse.getBody();
const NO_SPACE = 507;
export const isPassing = (code) => code === 0 || code >= 500 || code === 409 || code === 423 || code === 460;

// Why a file is not taken (the name of a word): checked before it is sent over a slow line.
export function problemOf(file, { largest, accepted, room }) {
  const ending = file.name.toLowerCase().match(/\.[^.]+$/)?.[0] ?? "";
  if (!file.size) return "empty";
  if (file.size > largest) return "large";
  if (!accepted.split(",").includes(ending)) return "kind";
  return room > 0 ? "" : "many";
}

export class Files {
  constructor(root) {
    this.root = root;
    this.words = JSON.parse(root.querySelector("[data-words]").textContent);
    this.form = root.querySelector(".file-drop");
    this.input = this.form.querySelector("input[type=file]");
    this.rows = [];
    this.form.querySelector("button").hidden = true;
    this.form.querySelector("[data-hint]").hidden = false;
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.input.addEventListener("change", () => {
      this.take([...this.input.files]);
      this.input.value = "";
    });
    root.addEventListener("dragover", (event) => {
      if (this.form.hidden || ![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      root.classList.add("is-aimed-at");
    });
    root.addEventListener("dragleave", () => root.classList.remove("is-aimed-at"));
    root.addEventListener("drop", (event) => {
      root.classList.remove("is-aimed-at");
      if (this.form.hidden || !event.dataTransfer.files.length) return;
      event.preventDefault();
      this.take([...event.dataTransfer.files]);
    });
  }

  say(text) {
    this.root.querySelector("[data-said]").textContent = text;
  }
  get count() {
    return Number(this.root.querySelector("[data-list]").dataset.count);
  }

  take(files) {
    for (const file of files) {
      const row = new Row(this, file);
      const problem = this.problem(file);
      if (problem) row.fail(problem);
      else this.rows.push(row);
    }
    this.next();
  }

  problem(file) {
    const room = Number(this.root.dataset.most) - this.count - this.rows.length;
    const found = problemOf(file, {
      largest: Number(this.root.dataset.largest),
      accepted: this.input.accept,
      room,
    });
    return found ? this.words[found] : "";
  }

  // One after the other: on a slow line two at once finish later than one.
  next() {
    if (!this.rows.some((row) => row.isStarted)) this.rows[0]?.begin();
  }

  over(row) {
    this.rows = this.rows.filter((other) => other !== row);
    this.next();
  }

  async refresh() {
    const answer = await fetch(this.root.dataset.refresh, { headers: { "HX-Request": "true" } }).catch(
      () => null,
    );
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.root.querySelector("[data-list]").replaceWith(page.querySelector("[data-list]"));
    this.form.hidden = page.querySelector(".file-drop").hidden;
  }
}

class Row {
  constructor(files, file) {
    Object.assign(this, { files, file, words: files.words, isStarted: false, told: 0, percent: 0 });
    this.element = files.root.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
    this.find("[data-name]").textContent = file.name;
    this.find("progress").setAttribute("aria-label", file.name);
    this.find("[data-pause]").addEventListener("click", () => this.pause());
    this.find("[data-resume]").addEventListener("click", () => this.resume());
    this.find("[data-cancel]").addEventListener("click", () => this.cancel());
    this.show(this.words.waiting);
    files.root.querySelector("[data-progress]").append(this.element);
  }

  find(selector) {
    return this.element.querySelector(selector);
  }
  show(text) {
    this.find("[data-state]").textContent = text;
  }

  buttons({ pause = false, resume = false, cancel = true }) {
    this.find("[data-pause]").hidden = !pause;
    this.find("[data-resume]").hidden = !resume;
    this.find("[data-cancel]").hidden = !cancel;
  }

  async begin() {
    this.isStarted = true;
    this.isWanted = true;
    this.buttons({ pause: true });
    let tus;
    try {
      tus = await tusFrom(this.files.root.dataset.tus);
    } catch {
      return this.wait();
    }
    if (!this.isWanted) return;
    this.upload ??= this.prepared(tus);
    if (!this.upload.url) {
      const earlier = await this.upload.findPreviousUploads();
      if (earlier.length) this.upload.resumeFromPreviousUpload(earlier[0]);
    }
    if (this.isWanted) this.upload.start();
  }

  prepared(tus) {
    const { key, target, uploads } = this.files.root.dataset;
    const { name, size, lastModified } = this.file;
    return new tus.Upload(this.file, {
      endpoint: uploads,
      chunkSize: PIECE,
      retryDelays: DELAYS,
      removeFingerprintOnSuccess: true,
      fingerprint: async () => ["upload", target, key, name, size, lastModified].join("|"),
      metadata: { filename: name, target, key },
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", token()),
      // A full disk is told at once, and asked again at leisure.
      onShouldRetry: (error) => status(error) !== NO_SPACE && isPassing(status(error)),
      onProgress: (sent, total) => this.progress(Math.floor((sent / total) * 100)),
      onSuccess: () => this.succeed(),
      onError: (error) => this.stumble(error),
    });
  }

  progress(percent) {
    clearTimeout(this.again);
    this.percent = percent;
    this.find("progress").value = percent;
    this.show(percent < 100 ? this.words.under.replace("%s", percent) : this.words.checking);
    // A voice that reads every change would say nothing else any more.
    if (percent - this.told >= 25) {
      this.told = percent;
      this.files.say(`${this.file.name}: ${this.words.under.replace("%s", percent)}`);
    }
  }

  pause() {
    this.isWanted = false;
    clearTimeout(this.again);
    this.upload?.abort();
    this.show(this.words.paused.replace("%s", this.percent));
    this.buttons({ resume: true });
  }

  resume() {
    this.show(this.words.under.replace("%s", this.percent));
    this.begin();
  }

  async cancel() {
    this.isWanted = false;
    clearTimeout(this.again);
    await this.upload?.abort(true).catch(() => {});
    this.files.say(this.words.cancelled.replace("%s", this.file.name));
    this.leave();
  }

  // The line is down, or the server has no room: ask again now and then, and at once when the browser
  // says that it is back.
  wait(reason = this.words.broken) {
    this.show(reason);
    this.files.say(`${this.file.name}: ${reason}`);
    this.buttons({ pause: true });
    const again = () => {
      clearTimeout(this.again);
      window.removeEventListener("online", again);
      if (this.isWanted) this.begin();
    };
    clearTimeout(this.again);
    this.again = setTimeout(again, AGAIN_AFTER);
    window.addEventListener("online", again);
  }

  stumble(error) {
    const code = status(error);
    if (!this.isWanted) return;
    if (code === NO_SPACE) return this.wait(sentence(error) || undefined);
    if (isPassing(code)) return this.wait();
    if (code === 401 || code === 403) return this.askToLogIn();
    this.fail(sentence(error) || this.words.failed);
  }

  askToLogIn() {
    this.isWanted = false;
    this.show(`${this.words.loggedOut} `);
    const link = Object.assign(document.createElement("a"), {
      href: this.files.root.dataset.logIn,
      target: "_blank",
      textContent: this.words.logIn,
    });
    this.find("[data-state]").append(link);
    this.files.say(this.words.loggedOut);
    this.buttons({ resume: true });
  }

  async succeed() {
    await this.files.refresh();
    this.files.say(this.words.done.replace("%s", this.file.name));
    this.leave();
  }

  fail(text) {
    const note = Object.assign(document.createElement("p"), { className: "alert alert-danger" });
    note.setAttribute("role", "alert");
    const name = Object.assign(document.createElement("bdi"), { textContent: this.file.name });
    note.append(name, `: ${text}`);
    const place = document.createElement("li");
    place.append(note);
    this.element.replaceWith(place);
    this.files.over(this);
  }

  leave() {
    this.element.remove();
    this.files.over(this);
  }
}

for (const root of document.querySelectorAll("[data-files]")) new Files(root);
// A tab that is closed breaks uploads off; they can go on, but not by themselves.
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector(".file-row")) event.preventDefault();
});
