using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng.Requests;

// Words of "flags", and of the lists whose name is their prefix there (ng protocol, 2.6): "replace-origin" is "origin" of
// "replace".
internal sealed partial class RequestFields
{
    // Options whose words are written behind their name; what follows the prefix keeps its spelling.
    private static readonly string[] Prefixes = ["replace", "rtcp-mux", "sdes", "osrtp", "t.38", "endpoint-learning", "extmap", "sdp-media-remove", "bundle"];

    public bool IsFatal { get; private set; }

    public bool IsFast { get; private set; }

    public bool IsDirectional { get; private set; }

    public bool IsAll { get; private set; }

    public bool IsSiprec { get; private set; }

    public bool HasPauseFlag { get; private set; }

    public List<string>? FromTagWords { get; private set; }

    private void ReadWords(NgValue words, ReadOnlySpan<char> prefix)
    {
        foreach (NgValue item in words.Items)
        {
            if (item.Text is not { } text)
            {
                continue;
            }

            if (prefix.IsEmpty)
            {
                ReadFlag(text);
            }
            else
            {
                ReadPrefixed(prefix, text);
            }
        }
    }

    private void ReadFlag(string text)
    {
        ReadOnlySpan<char> word = Spelling.Fold(text, stackalloc char[Spelling.MaxKnownWord]);
        if (TryReadMediaFlag(word) || TryReadCommandFlag(word))
        {
            return;
        }

        foreach (string prefix in Prefixes)
        {
            if (TryCutPrefix(word, prefix, text, out string rest))
            {
                ReadPrefixed(prefix, rest);
                return;
            }
        }

        if (TryCutPrefix(word, "codec", text, out string codec))
        {
            int action = codec.AsSpan().IndexOfAny('-', '_', ' ');
            if (action > 0)
            {
                ReadCodec(Spelling.Fold(codec.AsSpan(0, action), stackalloc char[Spelling.MaxKnownWord]), codec[(action + 1)..]);
            }
        }
        else if (TryCutPrefix(word, "transcode", text, out string target))
        {
            ReadCodec("transcode", target);
        }
        else if (TryCutPrefix(word, "sdp-attr", text, out string manipulation))
        {
            _attributes.AddWord(manipulation);
        }
        else if (TryCutPrefix(word, "from-tags", text, out string tag))
        {
            (FromTagWords ??= []).Add(tag);
        }
    }

    private bool TryReadMediaFlag(ReadOnlySpan<char> word)
    {
        switch (word)
        {
            case "sip-source-address":
                Options.UsesSipSourceAddress = true;
                return true;
            case "trust-address":
                Options.UsesSipSourceAddress ??= false;
                return true;
            case "original-sendrecv":
                Options.OriginalSendRecv = true;
                return true;
            case "no-rtcp-attribute":
                Options.RtcpAttribute = RtcpAttribute.None;
                return true;
            case "full-rtcp-attribute":
                if (Options.RtcpAttribute != RtcpAttribute.None)
                {
                    Options.RtcpAttribute = RtcpAttribute.PortAndAddress;
                }

                return true;
            case "generate-mid":
                Options.GenerateMid = true;
                return true;
            case "strip-extmap":
                Options.StripExtmap = true;
                return true;
            case "loop-protect":
                Options.LoopProtect = true;
                return true;
            case "media-handover":
                Options.MediaHandover = true;
                return true;
            case "asymmetric":
                Options.Asymmetric = true;
                return true;
            case "single-codec":
                _codecs.IsSingle = true;
                return true;
            case "always-transcode" or "force-transcoding":
                Options.Transcodes = true;
                return true;
            case "record-call":
                Options.RecordCall ??= true;
                return true;
            case "fragment":
                Options.IsIceFragment = true;
                return true;
            case "reject-ice":
                Options.Crypto = Options.Crypto with { RejectsIce = true };
                return true;
            case "webrtc":
                Options.Crypto = Options.Crypto with { IsWebRtc = true };
                return true;
            case "pad-crypto":
                ReadPrefixed("sdes", "pad");
                return true;
            default:
                return false;
        }
    }

    private bool TryReadCommandFlag(ReadOnlySpan<char> word)
    {
        switch (word)
        {
            case "fatal":
                IsFatal = true;
                return true;
            case "fast":
                IsFast = true;
                return true;
            case "directional":
                IsDirectional = true;
                return true;
            case "all":
                IsAll = true;
                return true;
            case "siprec":
                IsSiprec = true;
                return true;
            case "pause":
                HasPauseFlag = true;
                return true;
            default:
                return false;
        }
    }

    private void ReadPrefixed(ReadOnlySpan<char> option, string text)
    {
        ReadOnlySpan<char> word = Spelling.Fold(text, stackalloc char[Spelling.MaxKnownWord]);
        switch (option)
        {
            case "replace":
                Options.Replace = ReadReplace(Options.Replace, word);
                break;
            case "rtcp-mux":
                Options.RtcpMux = ReadMux(Options.RtcpMux, word);
                break;
            case "sdes":
                _sdes.Add(word, text);
                break;
            case "osrtp" when word is "accept":
                Options.Crypto = Options.Crypto with { AcceptsOsrtp = true };
                break;
            case "osrtp" when word is "offer":
                Options.Crypto = Options.Crypto with { OffersOsrtp = true };
                break;
            case "t.38" when word is "decode" or "force":
                Options.Transcodes = true;
                break;
            case "endpoint-learning" when word is "off":
                Options.Asymmetric = true;
                break;
            case "extmap" when word is "strip":
                Options.StripExtmap = true;
                break;
            case "sdp-media-remove" when Options.RemovedMedia.Length < SdpFacts.MaxMedia:
                Options.RemovedMedia = Options.RemovedMedia.Add(text.ToLowerInvariant());
                break;
            case "bundle" when word is "require":
                Options.RequiresBundle = true;
                break;
            default:
                break;
        }
    }

    private static ReplaceOptions ReadReplace(ReplaceOptions replace, ReadOnlySpan<char> word) => word switch
    {
        "origin" or "origin-full" => replace with { Origin = true },
        "sdp-version" => replace with { SdpVersion = true },
        "force-increment-sdp-ver" => replace with { SdpVersion = true, AlwaysVersion = true },
        "username" => replace with { UserName = true },
        "session-name" => replace with { SessionName = true },
        "zero-address" => replace with { ZeroAddress = true },
        _ => replace,
    };

    private static RtcpMuxOptions ReadMux(RtcpMuxOptions mux, ReadOnlySpan<char> word) => word switch
    {
        "offer" => mux | RtcpMuxOptions.Offer,
        "require" => mux | RtcpMuxOptions.Require,
        "demux" => mux | RtcpMuxOptions.Demux,
        "accept" => mux | RtcpMuxOptions.Accept,
        "reject" => mux | RtcpMuxOptions.Reject,
        _ => mux,
    };

    private static bool TryCutPrefix(ReadOnlySpan<char> word, string prefix, string text, out string rest)
    {
        rest = string.Empty;
        if (!word.StartsWith(prefix) || word.Length <= prefix.Length || word[prefix.Length] != '-')
        {
            return false;
        }

        rest = text[(prefix.Length + 1)..];
        return true;
    }
}
