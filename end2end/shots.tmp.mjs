import { serve } from "./support/server.mjs";
import { openBrowser } from "./support/browser.mjs";
import { Api, BAD, SEVERE } from "./support/api.mjs";
import { test } from "node:test";
test("shots", async () => {
const server = await serve();
const api = new Api(server);
const browser = await openBrowser(server);
const one = await api.answered({...BAD, why: "انتظرنا ساعتين، ولم يشرح لنا أحد سبب التأخير. The pharmacy was closed."});
const severe = await api.answered(SEVERE);
const detail = await api.actionOf(one.encounter), sev = await api.actionOf(severe.encounter);
for (const language of ["ar","en"]) for (const theme of ["light","dark"]) for (const width of [390,1440]) {
  const shot = (v,n,full=true) => v.page.screenshot({path:`/tmp/shots/${n}-${language}-${theme}-${width}.png`, fullPage: full});
  const tag = async (name, how, fn) => { try { await browser.visit({language, theme, width, ...how}, fn); } catch (e) { console.log(name, language, theme, width, e.message.slice(0,600)); } };
  await tag("login", {}, async v => { await v.open(`/${language}/login`); await shot(v,"login"); });
  const inv = await api.invite({language});
  await tag("survey", {}, async v => { await v.open(`/s/${inv.token}`); await shot(v,"s1"); await v.page.locator(".bar [name=next]").click(); await shot(v,"s1err"); await v.page.locator("[name=nps][value='3']").check({force:true}); await v.page.locator(".bar [name=next]").click(); await v.page.waitForURL(/\/2$/); await shot(v,"s2");
    await v.page.locator("[name=doctor_listened][value='2']").check({force:true}); await v.page.locator("[name=waiting_time][value='2']").check({force:true}); await v.page.locator("[name=cleanliness][value='2']").check({force:true}); await shot(v,"s2b"); await v.page.locator(".bar [name=next]").click();  await v.page.waitForURL(/\/3$/); await shot(v,"s3"); await v.page.locator(".bar [name=next]").click();  await v.page.waitForURL(/done/); await shot(v,"done"); });
  await tag("forged", {}, async v => { await v.open(`/s/abc`,404); await shot(v,"forged"); });
  await tag("list", {as:"coordinator"}, async v => { await v.open(`/${language}/actions`); await shot(v,"list"); await v.open(`/${language}/actions?overdue=1&status=open&status=in_progress`); await v.page.locator("details.filter summary").click(); await shot(v,"listf", false); });
  await tag("detail", {as:"coordinator"}, async v => { await v.open(`/${language}/actions/${detail.card.id}`); await shot(v,"detail"); });
  await tag("severe", {as:"manager"}, async v => { await v.open(`/${language}/actions/${sev.card.id}`); await shot(v,"severe"); });
  await tag("cc", {as:"admin"}, async v => { await v.open(`/${language}/command-center`); await v.page.locator("px-chart").scrollIntoViewIfNeeded(); await v.page.locator("px-chart svg").first().waitFor(); await v.page.evaluate(()=>scrollTo(0,0)); await shot(v,"cc"); await v.page.locator("details.profile summary").click(); await shot(v,"ccmenu", false); });
  await tag("404", {as:"admin"}, async v => { await v.open(`/${language}/nothing`, 404); await shot(v,"404"); });
  await tag("403", {as:"viewer"}, async v => { await v.open(`/${language}/actions`, 403); await shot(v,"403"); });
}
});
