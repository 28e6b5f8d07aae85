-- Where each class begins: its attributes, and its first node on the passive tree.
return {
  Warden = { strength = 32, dexterity = 14, start = 'warden' },
  Stalker = { strength = 14, dexterity = 32, start = 'stalker' },
}
