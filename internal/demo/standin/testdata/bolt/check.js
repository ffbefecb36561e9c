// A bot made with Slack's official framework. It runs against the stand-in whose
// address is in STANDIN_URL, does one thing for each request it gets, and prints
// what it saw, one JSON object a line.
const { App, LogLevel } = require('@slack/bolt');

const url = process.env.STANDIN_URL;
const clientOptions = { slackApiUrl: `${url}/api/`, retryConfig: { retries: 0 } };
const app = new App({
  token: process.env.STANDIN_BOT_TOKEN,
  appToken: process.env.STANDIN_APP_TOKEN,
  socketMode: true,
  logLevel: LogLevel.ERROR,
  clientPingTimeout: 1000,
  clientOptions,
});
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const plain = (text) => ({ type: 'plain_text', text });

app.command('/parley', async ({ command, ack, respond, client }) => {
  if (command.text === 'modal') {
    await ack();
    await client.views.open({
      trigger_id: command.trigger_id,
      view: {
        type: 'modal', callback_id: 'subscribe', title: plain('Subscribe'), submit: plain('Save'),
        blocks: [{ type: 'input', block_id: 'query', label: plain('Query'), element: { type: 'plain_text_input', action_id: 'query' } }],
      },
    });
    return;
  }
  await ack();
  await respond(`You asked for ${command.text}`);
});

app.action('useful', async ({ action, body, ack, client }) => {
  await ack();
  say({ saw: 'action', value: action.value, user: body.user.id });
  await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `Noted: ${action.value}`, blocks: [] });
});

app.view('subscribe', async ({ view, ack }) => {
  const query = view.state.values.query.query.value;
  say({ saw: 'view', query });
  await ack(query === 'bad' ? { response_action: 'errors', errors: { query: 'No such negotiation' } } : undefined);
});

app.event('app_home_opened', async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'section', text: plain('Welcome') }] } });
});

app.error(async (err) => say({ saw: 'error', message: String(err) }));

(async () => {
  await app.start();
  const who = await app.client.auth.test();
  const posted = await app.client.chat.postMessage({
    channel: '#us-iran', text: 'A card', unfurl_links: false,
    metadata: { event_type: 'parley_alert', event_payload: { alert_id: 'A-1' } },
    blocks: [{ type: 'actions', elements: [{ type: 'button', text: plain('Useful'), action_id: 'useful', value: 'D-12' }] }],
  });
  const history = await app.client.conversations.history({ channel: posted.channel, include_all_metadata: true });
  let refused;
  try { await app.client.chat.postMessage({ channel: 'C404', text: 'x' }); } catch (err) { refused = err.data?.error ?? String(err); }
  say({ saw: 'start', user: who.user_id, metadata: history.messages[0].metadata.event_payload.alert_id, refused });
})().catch((err) => { say({ saw: 'error', message: String(err) }); process.exit(1); });
