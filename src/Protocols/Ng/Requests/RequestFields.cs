using System.Net;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>
/// Gathers what a message says, whichever way it says it, before <see cref="NgRequestReader"/> makes a request of it: keys of
/// the dictionary, words of <c>flags</c>, and both again in <c>rtpp-flags</c>. What is unknown is ignored, never an error.
/// </summary>
internal sealed partial class RequestFields
{
    private readonly CodecFields _codecs = new();
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

    public long? RepeatTimes { get; private set; }

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
                MatchesToTag |= _isReadingString;
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

    // Section 4: options of one value.
    private bool TryReadOption(ReadOnlySpan<char> word, NgValue value)
    {
        switch (word)
        {
            case "received-from":
                Options.ReceivedFrom = AddressText.Parse(value.Items is [.., { Text: { } received }] ? received : null);
                return true;
            case "media-address":
                Options.MediaAddress = AddressText.Parse(value.Text);
                return true;
            case "address-family":
                Options.AddressFamily = ReadFamily(value.Text);
                return true;
            case "direction":
                ReadInterfaces(value);
                return true;
            case "from-interface":
                Options.Interfaces = Options.Interfaces with { From = value.Text };
                return true;
            case "to-interface":
                Options.Interfaces = Options.Interfaces with { To = value.Text };
                return true;
            case "tos":
                Options.Tos = value.Number switch
                {
                    < 0 => new TosOption(KeepsPresent: true, null),
                    <= 255 and { } tos => new TosOption(KeepsPresent: false, (byte)tos),
                    _ => default,
                };
                return true;
            case "label" or "from-label":
                Options.Label = value.Text;
                return true;
            case "metadata":
                Options.Metadata = value.Text;
                return true;
            case "record-call":
                Options.RecordCall = ReadSwitch(value.Text, "yes", "no") ?? ReadSwitch(value.Text, "on", "off");
                return true;
            case "dtmf-log-dest":
                Options.DtmfLogDestination = AddressText.ParseEndPoint(value.Text);
                return true;
            case "ptime":
                Options.Ptime = ReadPtime(value);
                return true;
            case "ptime-reverse":
                Options.PtimeReverse = ReadPtime(value);
                return true;
            case "drop-traffic":
                Options.DropTraffic = ReadSwitch(value.Text, "start", "stop");
                return true;
            case "transport-protocol":
                ReadTransport(value.Text);
                return true;
            case "recording-file":
                Options.RecordingName = Options.RecordingName with { File = value.Text };
                return true;
            case "recording-dir" or "recording-pattern" or "output-destination":
                Options.RecordingName = Options.RecordingName with { NamesPlace = true };
                return true;
            default:
                return false;
        }
    }

    // Section 4 and 9: options of several words, which may be words of "flags" as well.
    private bool TryReadListOption(ReadOnlySpan<char> word, NgValue value)
    {
        switch (word)
        {
            case "replace" or "rtcp-mux" or "sdes" or "osrtp" or "t.38" or "endpoint-learning" or "extmap":
                ReadWords(value, word);
                return true;
            case "codec":
                foreach (NgEntry entry in (value.Dictionary ?? NgDictionary.Empty).Entries)
                {
                    ReadCodecs(Spelling.Fold(entry.Key, stackalloc char[Spelling.MaxKnownWord]), entry.Value);
                }

                return true;
            case ['c', 'o', 'd', 'e', 'c', '-', .. ReadOnlySpan<char> action]:
                ReadCodecs(action, value);
                return true;
            case "transcode":
                ReadCodecs(word, value);
                return true;
            case "ice":
                Options.Crypto = Options.Crypto with { Ice = ReadIce(value) };
                return true;
            case "dtls":
                Options.Crypto = Options.Crypto with { Dtls = ReadDtls(value) };
                return true;
            default:
                return false;
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
                File = value.Text;
                break;
            case "repeat-times":
                RepeatTimes = value.Number;
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

    private void ReadCodecs(ReadOnlySpan<char> action, NgValue names)
    {
        foreach (NgValue name in names.Items)
        {
            ReadCodec(action, name.Text);
        }
    }

    private void ReadCodec(ReadOnlySpan<char> action, string? name)
    {
        if (action is "transcode" or "consume")
        {
            Options.Transcodes = true;
        }
        else if (name is not null)
        {
            _codecs.Add(action, name);
        }
    }

    // One or two names. In the string each occurrence is one of them.
    private void ReadInterfaces(NgValue names)
    {
        if (!_isReadingString)
        {
            Options.Interfaces = default;
        }

        foreach (NgValue name in names.Items)
        {
            AddInterface(name.Text);
        }
    }

    private void AddInterface(string? name)
    {
        if (Options.Interfaces.From is null)
        {
            Options.Interfaces = Options.Interfaces with { From = name };
        }
        else if (Options.Interfaces.To is null)
        {
            Options.Interfaces = Options.Interfaces with { To = name };
        }
    }

    private void ReadTransport(string? name)
    {
        bool accepts = name is not null && Spelling.AreSame(name, "accept");
        SdpProfile profile = SdpProfiles.Find(name);
        if (accepts || profile != SdpProfile.None)
        {
            Options.Profile = profile;
            Options.AcceptsProfile = accepts;
        }
    }

    private static SdpAddressFamily? ReadFamily(string? text) => text?.ToUpperInvariant() switch
    {
        "IP4" => SdpAddressFamily.IPv4,
        "IP6" => SdpAddressFamily.IPv6,
        _ => null,
    };

    private static int? ReadPtime(NgValue value) => value.Number is >= 1 and <= 1000 and { } ptime ? (int)ptime : null;

    private static bool? ReadSwitch(string? text, string on, string off) =>
        text is null ? null
        : Spelling.AreSame(text, on) ? true
        : Spelling.AreSame(text, off) ? false
        : null;

    private static IceOption ReadIce(NgValue value) =>
        Has(value, "force") ? IceOption.Force
        : Has(value, "remove") ? IceOption.Remove
        : Has(value, "force-relay") ? IceOption.ForceRelay
        : Has(value, "optional") ? IceOption.Optional
        : IceOption.Default;

    private static DtlsOption ReadDtls(NgValue value) =>
        Has(value, "off") || Has(value, "no") || Has(value, "disable") ? DtlsOption.Off
        : Has(value, "passive") ? DtlsOption.Passive
        : Has(value, "active") ? DtlsOption.Active
        : DtlsOption.Default;

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
