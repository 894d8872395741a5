using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Rtp;

namespace RtpProxy.Protocols.NgFront.Descriptions;

/// <summary>What a description and its options say of the party that speaks, in the relay's words.</summary>
internal sealed class SpokenMedia
{
    private readonly ImmutableArray<MediaDescription> _lines;

    private SpokenMedia(ImmutableArray<MediaDescription> lines) => _lines = lines;

    /// <param name="error">The text to answer; else null.</param>
    /// <param name="taken">What is taken of it, where we answer ourselves; null where others do.</param>
    public static bool TryRead(
        SdpFacts facts,
        MediaOptions options,
        in NgSetting setting,
        [NotNullWhen(true)] out SpokenMedia? spoken,
        [NotNullWhen(false)] out string? error,
        CodecRules? taken = null)
    {
        IPAddress? source = Source(options, setting);
        if (source is null && UsesSource(options, setting))
        {
            spoken = null;
            error = NgErrors.IncompleteSdp;
            return false;
        }

        spoken = new SpokenMedia([.. facts.Media.Select(media => Describe(facts, media, source, options, taken))]);
        error = null;
        return true;
    }

    /// <summary>Where the media are, whatever the body says; null where that counts.</summary>
    public static IPAddress? Source(MediaOptions options, in NgSetting setting) =>
        UsesSource(options, setting) ? options.ReceivedFrom : null;

    /// <summary>Its media lines, in order.</summary>
    public ImmutableArray<MediaDescription> Lines => _lines;

    public CallRequest ToRequest(
        string callId, string fromTag, string? toTag, string? viaBranch, MediaOptions options, LocalAddresses local, long now) =>
        new(callId, fromTag, toTag, _lines, now)
        {
            ViaBranch = viaBranch,
            TowardSpeaker = local.TowardSpeaker,
            TowardOther = local.TowardOther,
            OtherWantsIPv6 = LocalAddresses.WantsIPv6(options),
            NewTowardSpeaker = local.NewTowardSpeaker,
            NewTowardOther = local.NewTowardOther,
            IsAsymmetric = options.Asymmetric ? true : null,
            AllowsHandover = options.MediaHandover,
            Label = options.Label,
            Metadata = options.Metadata,
            Tos = options.Tos.Value,
            Records = options.RecordCall,
            DropsTraffic = options.DropTraffic,
            DigitTarget = options.DtmfLogDestination is { } target ? Endpoint.From(target.Address, target.Port) : null,
            UnreadDigitTarget = options.UnreadDtmfLogDestination,
        };

    private static bool UsesSource(MediaOptions options, in NgSetting setting) =>
        options.UsesSipSourceAddress ?? setting.Settings.UsesSipSource;

    private static MediaDescription Describe(SdpFacts facts, SdpMediaFacts media, IPAddress? source, MediaOptions options, CodecRules? taken)
    {
        IPAddress host = media.Address ?? IPAddress.Any;
        host = media.HasNullAddress ? host : source ?? host;
        Endpoint rtp = Endpoint.From(host, media.Port);
        return new MediaDescription(
            media.Type,
            media.Protocol,
            SdpTerms.Kind(media.Kind),
            rtp,
            RtcpOf(media, host),
            SdpTerms.Direction(media.Direction),
            string.Join(',', media.Codecs.Select(codec => codec.PayloadType)),
            media.TelephoneEvent?.PayloadType ?? -1,
            options.Ptime ?? 0,
            SdpTerms.Mux(RtcpMuxOffer.Decide(options.RtcpMux, media.HasRtcpMux), media.HasRtcpMux),
            SdpExcerpt.Write(facts, media, taken),
            options.PtimeReverse ?? 0,
            media.TelephoneEvent is { Clock: > 0 } told ? told.Clock : MediaDescription.UsualDigitClock,
            media.HasKeys);
    }

    private static Endpoint RtcpOf(SdpMediaFacts media, IPAddress host) =>
        media.RtcpPort is { } port && media.Port != 0 && !media.HasNullAddress
            ? Endpoint.From(media.RtcpAddress ?? host, port)
            : default;
}
