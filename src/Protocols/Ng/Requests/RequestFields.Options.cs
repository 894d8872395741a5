using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Requests;

// Keys of the dictionary that are options of offers and answers (ng protocol, 4 and 9).
internal sealed partial class RequestFields
{
    private const int MaxPtime = 999; // as with RTPproxy's modifier z

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
            case "interface":
                Options.Interface = value.Text;
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
                Options.UnreadDtmfLogDestination = Options.DtmfLogDestination is null ? value.Text ?? "" : null;
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
            case "replace" or "rtcp-mux" or "sdes" or "osrtp" or "t.38" or "endpoint-learning" or "extmap" or "sdp-media-remove" or "bundle":
                ReadWords(value, word);
                return true;
            case "sdp-attr":
                _attributes.Add(value, isEncoded: _isReadingString);
                return true;
            case "codec":
                foreach (NgEntry entry in (value.Dictionary ?? NgDictionary.Empty).Entries)
                {
                    ReadCodecs(entry);
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

    private void ReadCodecs(NgEntry entry) =>
        ReadCodecs(Spelling.Fold(entry.Key, stackalloc char[Spelling.MaxKnownWord]), entry.Value);

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

    private static int? ReadPtime(NgValue value) => value.Number is >= 1 and <= MaxPtime and { } ptime ? (int)ptime : null;

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
}
