using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Sdp;

/// <summary>What a relay remembers of a call to rewrite its descriptions: the smallest front there can be.</summary>
public sealed class SdpExchange
{
    private ImmutableArray<OfferedMedia> _offered = [];
    private readonly Dictionary<string, bool[]> _muxed = [];
    private string _answerer = "";
    private RtcpMuxOffer[] _mux = [];

    /// <returns>What is sent on, or null and an error.</returns>
    public string? Pass(SdpCaseStep step, string body, out string error)
    {
        if (!SdpFacts.TryRead(body, out SdpFacts? facts, out error))
        {
            return null;
        }

        string sender = step.ValueOf("from") ?? "";
        SdpProfile profile = SdpProfiles.Find(step.ValueOf("transport"));
        error = (step.IsOffer ? SdpRefusals.OfOffer(facts, profile) : SdpRefusals.OfAnswer(facts, _offered)) ?? "";
        if (error.Length > 0)
        {
            return null;
        }

        if (step.IsOffer)
        {
            RtcpMuxOptions options = step.ListOf("mux").Aggregate(
                RtcpMuxOptions.None, (all, one) => all | Enum.Parse<RtcpMuxOptions>(one, ignoreCase: true));
            bool[] muxed = _muxed.GetValueOrDefault(_answerer, []);
            _mux = [.. facts.Media.Select((media, i) => RtcpMuxOffer.Decide(options, media.HasRtcpMux, muxed.ElementAtOrDefault(i)))];
        }
        else
        {
            _answerer = sender;
            _muxed[sender] = [.. facts.Media.Zip(_mux, (media, offer) => offer.Answer(media.HasRtcpMux).AnswererIsMuxed)];
        }

        SdpRewritten rewritten = SdpRewriter.Rewrite(facts, PlanOf(step, facts, profile));
        _offered = step.IsOffer ? rewritten.Offered : _offered;
        return rewritten.Body;
    }

    private SdpRewriting PlanOf(SdpCaseStep step, SdpFacts facts, SdpProfile profile) => new()
    {
        Address = IPAddress.Parse(step.ValueOf("address") ?? "127.0.7.1"),
        Ports = [.. facts.Media.Select((media, i) => PortsOf(step, media, i))],
        Answers = step.IsOffer ? null : _offered,
        Profile = profile,
        AcceptsProfile = step.ValueOf("transport") == "accept",
        ReplacesOrigin = step.Has("origin"),
        ReplacesNullAddress = step.Has("zero-address"),
        KeepsDirection = step.Has("original-sendrecv"),
        RtcpAttribute = step.Has("no-rtcp") ? RtcpAttribute.None
            : step.Has("full-rtcp") ? RtcpAttribute.PortAndAddress
            : RtcpAttribute.Port,
        GeneratesMid = step.Has("generate-mid"),
        StripsExtmap = step.Has("strip-extmap"),
        Ptime = step.ValueOf("ptime") is { } ptime ? int.Parse(ptime, CultureInfo.InvariantCulture) : null,
        Codecs = new CodecRules(
            [.. step.ListOf("codec-strip"), .. step.ListOf("codec-mask")],
            [.. step.ListOf("codec-except")],
            [.. step.ListOf("codec-offer")],
            step.Has("single-codec")),
        LoopMark = step.Has("loop-protect") ? "1234abcd" : null,
    };

    private SdpMediaPorts? PortsOf(SdpCaseStep step, SdpMediaFacts media, int index)
    {
        int port = 30_000 + (2 * index);
        return !media.NeedsPorts || index >= _mux.Length ? null
            : step.IsOffer ? SdpMediaPorts.ForOffer(port, _mux[index])
            : SdpMediaPorts.ForAnswer(port, _mux[index].Answer(media.HasRtcpMux).OffererIsMuxed);
    }
}
