using System.Net;
using RtpProxy.Protocols.Ng.Figures;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Relay;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Quality;
using RtpProxy.Rtp;

namespace RtpProxy.Protocols.NgFront.Views;

/// <summary>One media line of a party.</summary>
internal static class MediaView
{
    /// <param name="line">Null where nothing is relayed.</param>
    /// <param name="own">What the party said of it; null before it said anything.</param>
    /// <param name="other">And the other party.</param>
    /// <param name="createdAt">Of the call, microseconds since the UNIX epoch.</param>
    public static MediaFigures Of(
        LineReport? line, Side side, int index, MediaDescription? own, MediaDescription? other, long createdAt)
    {
        string protocol = own?.Protocol ?? other?.Protocol ?? "";
        return new MediaFigures
        {
            Index = index + 1,
            Type = own?.Type ?? other?.Type ?? "",
            Protocol = protocol,
            Codec = line is null ? null : CodecOf(line.Session[side].Reception.PayloadType, own, other),
            Flags = FlagsOf(own, SdpProfiles.Find(protocol)) | (line is null ? MediaFlags.None : FlagsOf(line[side])),
            Streams = line is null ? [] : StreamsOf(line, side, own, createdAt),
            Ingress = line is null ? [] : SourcesOf(line, side, createdAt),
            Egress = line is null ? [] : [.. SourcesOf(line, Other(side), createdAt).Select(source => source with { Quality = null, Reported = null })],
        };
    }

    private static Side Other(Side side) => side == Side.Caller ? Side.Callee : Side.Caller;

    private static string? CodecOf(PayloadType? received, MediaDescription? own, MediaDescription? other)
    {
        if (received is not { } type)
        {
            return null;
        }

        // Who sends takes the numbers of who receives (RFC 3264, section 5.1); many take their own.
        SdpCodec? codec = StaticPayloadTypes.Find(type.Value) ?? Named(other, type) ?? Named(own, type);
        return codec is not { } known ? null
            : known.Channels == 1 ? $"{known.Name}/{known.Clock}"
            : $"{known.Name}/{known.Clock}/{known.Channels}";
    }

    /// <summary>Null where the description does not say what the number means.</summary>
    private static SdpCodec? Named(MediaDescription? said, PayloadType type)
    {
        foreach (SdpCodec codec in SdpExcerpt.Read(said?.Memo)?.Media[0].Codecs ?? [])
        {
            if (codec.PayloadType == type.Value && codec.Name.Length > 0)
            {
                return codec;
            }
        }

        return null;
    }

    private static MediaFlags FlagsOf(MediaDescription? own, SdpProfile profile)
    {
        MediaFlags flags = profile.HasFeedback() ? MediaFlags.RtcpFeedback : MediaFlags.None;
        flags |= profile.IsSecure() ? MediaFlags.PassThrough : MediaFlags.None;
        if (own is not { } said)
        {
            return flags | MediaFlags.Send | MediaFlags.Receive;
        }

        // What the party does not hear we do not send, and what it does not send we do not receive.
        bool hears = !said.WantsNothing && said.Direction.Receives();
        bool sends = said.Rtp.Port != 0 && said.Direction.Sends();
        return flags | MediaFlags.Initialized | (hears ? MediaFlags.Send : 0) | (sends ? MediaFlags.Receive : 0);
    }

    private static MediaFlags FlagsOf(in LegTraffic traffic) =>
        (traffic.IsRtcpMuxed ? MediaFlags.RtcpMux : MediaFlags.None) | (traffic.IsAsymmetric ? MediaFlags.Asymmetric : MediaFlags.None);

    private static StreamFigures[] StreamsOf(LineReport line, Side side, MediaDescription? own, long createdAt)
    {
        LegReport leg = line.Session[side];
        LegTraffic traffic = line[side];
        Endpoint told = own?.Rtp ?? default;
        Endpoint toldRtcp = own is { Rtcp.IsKnown: true } said ? said.Rtcp
            : told is { IsKnown: true, Port: > 0 and < ushort.MaxValue } ? told.WithPort((ushort)(told.Port + 1)) : default;
        StreamFlags shared = traffic.AllowsHandover ? StreamFlags.MediaHandover : StreamFlags.None;
        StreamFlags rtp = traffic.IsRtcpMuxed ? StreamFlags.Rtp | StreamFlags.Rtcp : StreamFlags.Rtp;
        StreamFlags rtcp = traffic.IsRtcpMuxed ? StreamFlags.Rtcp | StreamFlags.FallbackRtcp : StreamFlags.Rtcp;
        return
        [
            StreamOf(leg, 0, traffic.Rtp, told, shared | rtp, createdAt) with { Ssrc = leg.Reception.Ssrc?.Value },
            StreamOf(leg, 1, traffic.Rtcp, toldRtcp, shared | rtcp, createdAt) with
            {
                Ssrc = traffic.Rtcp.Received > 0 ? leg.Reception.Ssrc?.Value : null, // a source's RTCP is of the same (RFC 3550)
            },
        ];
    }

    private static StreamFigures StreamOf(
        LegReport leg, int offset, in StreamTraffic traffic, Endpoint told, StreamFlags flags, long createdAt)
    {
        flags |= traffic.Remote.IsKnown ? StreamFlags.Filled : StreamFlags.None;
        flags |= traffic.Learned.IsKnown ? StreamFlags.Confirmed : StreamFlags.None;
        return new StreamFigures
        {
            Local = leg.Port == 0 ? null : new IPEndPoint(leg.Local.Address, leg.Port + offset),
            Remote = Of(traffic.Remote),
            Advertised = Of(told),
            LastPacket = CallView.Date(traffic.LastAt == 0 ? createdAt : traffic.LastAt),
            Flags = flags,
            Received = new TrafficFigures((long)traffic.Received, (long)traffic.ReceivedBytes, (long)traffic.Errors),
            Sent = new TrafficFigures((long)traffic.Sent, (long)traffic.SentBytes, (long)traffic.Unsent),
        };
    }

    private static IPEndPoint? Of(in Endpoint endpoint) => endpoint.IsKnown ? new IPEndPoint(endpoint.ToIPAddress(), endpoint.Port) : null;

    private static SsrcFigures[] SourcesOf(LineReport line, Side side, long createdAt)
    {
        ReceptionFigures reception = line.Session[side].Reception;
        return reception.Ssrc is not { } ssrc ? [] :
        [
            new SsrcFigures
            {
                Ssrc = ssrc.Value,
                Packets = (long)reception.Packets,
                Bytes = (long)reception.Bytes,
                LastTimestamp = reception.LastTimestamp?.Value ?? 0,
                LastSequenceNumber = reception.LastSequence?.Value ?? 0,
                CumulativeLoss = reception.Lost,
                Quality = QualityView.Of(line.Session[side], createdAt),
                Reported = QualityView.Reported(line.Session[side], createdAt),
            },
        ];
    }
}
