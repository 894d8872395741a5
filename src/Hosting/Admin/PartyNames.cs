using RtpProxy.Relay;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Hosting.Admin;

/// <summary>The words of docs/admin.md for values of the core: machines rely on them.</summary>
internal static class PartyNames
{
    public static string NameOf(Side side) => side == Side.Caller ? "caller" : "callee";

    public static string? NameOf(Side? side) => side is { } known ? NameOf(known) : null;

    public static string NameOf(StreamKind kind) => kind == StreamKind.Rtp ? "rtp" : "rtcp";

    public static string? NameOf(SignalledBy by) => by switch
    {
        SignalledBy.Offer => "offer",
        SignalledBy.Answer => "answer",
        _ => null,
    };

    public static string? NameOf(MediaLook look, bool isAllRtp) => (look, isAllRtp) switch
    {
        (_, true) or (MediaLook.Rtp, _) => null,
        (MediaLook.Rtcp, _) => "rtcp",
        (MediaLook.Stun, _) => "stun",
        (MediaLook.Dtls, _) => "dtls",
        (MediaLook.Fax, _) => "fax",
        _ => "unknown",
    };

    public static string NameOf(SessionEnd reason) => reason switch
    {
        SessionEnd.Deleted => "deleted",
        SessionEnd.AllDeleted => "all-deleted",
        SessionEnd.Shutdown => "shutdown",
        _ => "timed-out",
    };

    /// <summary>Null for an address that is not known.</summary>
    public static string? NameOf(in Endpoint address) => address.IsKnown ? address.ToString() : null;

    /// <summary><c>PCMU</c>, or the number of what has no name by itself.</summary>
    public static string? NameOf(PayloadType? type) => type is { } known ? known.EncodingName ?? known.ToString() : null;
}
