using System.Text;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Options;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>
/// Gathers what a message says, whichever way it says it, before <see cref="NgRequestReader"/> makes a request of it: keys of
/// the dictionary, words of <c>flags</c>, and both again in <c>rtpp-flags</c>. What is unknown is ignored, never an error.
/// </summary>
internal sealed partial class RequestFields
{
    private readonly CodecFields _codecs = new();
    private readonly SdesFields _sdes = new();
    private readonly AttributeFields _attributes = new();
    private bool _isReadingString;

    public MediaOptions Options { get; } = new();

    public string? Sdp { get; private set; }

    public string? CallId { get; private set; }

    public string? FromTag { get; private set; }

    public string? ToTag { get; private set; }

    public string? ViaBranch { get; private set; }

    public NgValue FromTags { get; private set; }

    public bool SupportsLoadLimit { get; private set; }

    // Of single commands.

    public long? DeleteDelay { get; private set; }

    public long? Limit { get; private set; }

    public string? Address { get; private set; }

    public bool NamesFlow { get; private set; }

    public string? File { get; private set; }

    public byte[]? Blob { get; private set; }

    public long? RepeatTimes { get; private set; }

    public long? RepeatDuration { get; private set; }

    public long? StartPosition { get; private set; }

    public bool HasDatabaseId { get; private set; }

    public NgValue Code { get; private set; }

    public long? Duration { get; private set; }

    public long? Volume { get; private set; }

    public NgValue Pause { get; private set; }

    public string? DtmfSecurity { get; private set; }

    public bool HasOtherDtmfOptions { get; private set; }

    /// <summary>The string first, then the dictionary's own keys: they override it (ng protocol, 2.5).</summary>
    public void Read(NgDictionary dictionary)
    {
        if (dictionary["rtpp-flags"].Text is { } flags)
        {
            _isReadingString = true;
            ReadString(flags);
            _isReadingString = false;
        }

        ReadOnlySpan<NgEntry> entries = dictionary.Entries;
        for (int i = 0; i < entries.Length; i++)
        {
            // Of a repeated key the first counts.
            if (dictionary.IndexOf(entries[i].Key) == i)
            {
                ReadKey(entries[i].Key, entries[i].Value);
            }
        }

        Options.Codecs = _codecs.ToRules();
        Options.Attributes = _attributes.ToRules();
        Options.HasBadAttributes = _attributes.IsBad;
        if (_sdes.ToOptions() is { } sdes)
        {
            Options.Crypto = Options.Crypto with { Sdes = sdes };
        }
    }

    private void ReadKey(ReadOnlySpan<char> key, NgValue value)
    {
        ReadOnlySpan<char> word = Spelling.Fold(key, stackalloc char[Spelling.MaxKnownWord]);
        switch (word)
        {
            case "sdp":
                Sdp = value.Text;
                break;
            case "call-id":
                CallId = value.Text;
                break;
            case "from-tag":
                FromTag = value.Text;
                IsDirectional |= _isReadingString;
                break;
            case "to-tag":
                ToTag = value.Text;
                break;
            case "via-branch":
                ViaBranch = value.Text;
                break;
            case "flags":
                ReadWords(value, prefix: null);
                break;
            case "supports":
                SupportsLoadLimit = Has(value, "load limit");
                break;
            case "from-tags":
                FromTags = value;
                break;
            default:
                if (!TryReadOption(word, value) && !TryReadListOption(word, value))
                {
                    ReadCommandKey(word, value);
                }

                break;
        }
    }

    // Section 3.
    private void ReadCommandKey(ReadOnlySpan<char> word, NgValue value)
    {
        switch (word)
        {
            case "delete-delay":
                DeleteDelay = value.Number;
                break;
            case "limit":
                Limit = value.Number;
                break;
            case "all":
                IsAll |= Has(value, "all");
                NamesFlow |= Has(value, "offer-answer") || Has(value, "except-offer-answer") || Has(value, "flows");
                break;
            case "to-label":
                NamesFlow = true;
                break;
            case "address":
                Address = value.Text;
                break;
            case "file":
                File = value.Text is "" ? null : value.Text;
                break;
            case "blob" or "blob64":
                Blob = BytesOf(value.Text, isBase64: word is "blob64") ?? Blob;
                break;
            case "repeat-times":
                RepeatTimes = value.Number;
                break;
            case "repeat-duration":
                RepeatDuration = value.Number;
                break;
            case "start-pos":
                StartPosition = value.Number;
                break;
            case "db-id":
                HasDatabaseId = true;
                break;
            case "code" or "digit":
                Code = value;
                break;
            case "duration":
                Duration = value.Number;
                break;
            case "volume":
                Volume = value.Number;
                break;
            case "pause":
                Pause = value;
                break;
            case "dtmf-security":
                DtmfSecurity = value.Text;
                break;
            case "trigger" or "trigger-end" or "trigger-end-digits" or "trigger-end-time" or "delay-buffer" or "frequency":
                HasOtherDtmfOptions = true;
                break;
            default:
                break;
        }
    }

    /// <summary>Null where nothing is said, empty where it is not base64.</summary>
    private static byte[]? BytesOf(string? text, bool isBase64)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!isBase64)
        {
            return Encoding.Latin1.GetBytes(text);
        }

        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : [];
    }

    private static bool Has(NgValue words, string word)
    {
        foreach (NgValue item in words.Items)
        {
            if (item.Text is { } text && Spelling.AreSame(text, word))
            {
                return true;
            }
        }

        return false;
    }
}
