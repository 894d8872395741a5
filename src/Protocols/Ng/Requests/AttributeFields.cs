using System.Collections.Immutable;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Options;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>Gathers what is to become of attribute lines (ng protocol, 4.3: <c>sdp-attr</c>), from key, string and words.</summary>
internal sealed class AttributeFields
{
    private const int MaxMediaType = 32;

    private readonly List<AttributeRule> _rules = [];

    /// <summary>Something cannot be done: too many, too long, or what would not be a line.</summary>
    public bool IsBad { get; private set; }

    public ImmutableArray<AttributeRule> ToRules() => _rules.Count == 0 ? [] : [.. _rules];

    /// <summary><c>{audio: {add: [...], remove: [...], substitute: [[from, to], ...]}, none: ...}</c></summary>
    /// <param name="isEncoded">As in words, which have no blanks and no equals signs.</param>
    public void Add(NgValue sections, bool isEncoded)
    {
        foreach (NgEntry section in (sections.Dictionary ?? NgDictionary.Empty).Entries)
        {
            foreach (NgEntry action in (section.Value.Dictionary ?? NgDictionary.Empty).Entries)
            {
                foreach (NgValue text in action.Value.Items)
                {
                    Add(section.Key, action.Key, text, isEncoded);
                }
            }
        }
    }

    /// <summary><c>add-audio-TEXT</c>, <c>remove-none-TEXT</c>, <c>substitute-video-FROM>TO</c></summary>
    public void AddWord(string word)
    {
        string[] parts = word.Split(['-', '_', ' '], 3);
        if (parts is not [var action, var section, var text])
        {
            return;
        }

        int arrow = text.IndexOf('>', StringComparison.Ordinal);
        bool isPair = arrow >= 0 && Spelling.AreSame(action, "substitute");
        Add(section, action, isPair ? new NgValue([new NgValue(text[..arrow]), new NgValue(text[(arrow + 1)..])]) : new NgValue(text), isEncoded: true);
    }

    // Actions that are not known are ignored, as unknown words are everywhere.
    private void Add(string section, string action, NgValue text, bool isEncoded)
    {
        string media = section.ToLowerInvariant();
        media = media is "none" or "global" ? "" : media;
        switch (action.ToLowerInvariant())
        {
            case "add":
                Add(new AttributeRule(media, AttributeAction.Add, Decoded(text.Text, isEncoded), ""));
                break;
            case "remove":
                Add(new AttributeRule(media, AttributeAction.Remove, Decoded(text.Text, isEncoded), ""));
                break;
            case "substitute" when text.Items is [var from, var to]:
                Add(new AttributeRule(media, AttributeAction.Substitute, Decoded(from.Text, isEncoded), Decoded(to.Text, isEncoded)));
                break;
            case "substitute":
                IsBad = true;
                break;
            default:
                break;
        }
    }

    private void Add(AttributeRule rule)
    {
        bool isGood = _rules.Count < AttributeRule.MaxCount
            && rule.Media.Length <= MaxMediaType
            && IsText(rule.Text)
            && (rule.Action != AttributeAction.Substitute || IsText(rule.Substitute));
        IsBad |= !isGood;
        if (isGood)
        {
            _rules.Add(rule);
        }
    }

    // A line end would make more lines of it, of any kind.
    private static bool IsText(string text) =>
        text.Length is > 0 and <= AttributeRule.MaxText && !text.AsSpan().ContainsAnyInRange('\0', '\x1F') && text[0] is not (' ' or ':');

    private static string Decoded(string? text, bool isEncoded)
    {
        text ??= "";
        return isEncoded
            ? text.Replace("--", "=", StringComparison.Ordinal).Replace("..", " ", StringComparison.Ordinal)
            : text;
    }
}
