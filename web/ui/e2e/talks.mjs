// What people say in scenarios and pictures.

const post = "The job post:\nShopify theme work for a tea brand. We moved to Shopify last autumn and the theme looks like everybody else's. Adapt it to our Figma designs: home page, collection page, product page with a brewing guide, and a gift box builder. You should know Liquid well and care about speed: we are at 41 on mobile Lighthouse and want 80 or more. Which store of yours is closest to ours? Fixed price, 2,500 to 3,800 euros.";
const profile = "My profile:\nShopify developer for food and drink shops. Since 2020 I have worked on 23 stores, eleven of them on Online Store 2.0. For a coffee roaster I wrote a box builder with cart line properties, no app, and raised mobile Lighthouse from 38 to 84. I work in Liquid, plain JavaScript and CSS, from Figma files. 48 euros an hour. English fluent, Portuguese native.";
/** What a freelancer says until there is a proposal. */
export const apply = [`Help me write a proposal.\n\n${post}\n\n${profile}`, "The roaster's box let people pick three bags, and the order went out as one line, so their warehouse software needed no change", "just write it"];
