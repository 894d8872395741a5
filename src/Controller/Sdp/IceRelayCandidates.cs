using System.Globalization;
using RtpProxy.Controller.Offers;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Sdp;

/// <summary>
/// Offers the relay as one more ICE candidate beside those that the party gave (RFC 8839 section 5.1).
/// </summary>
internal static class IceRelayCandidates
{
    // RFC 8445 section 5.1.2.1: (2^24)*type preference + (2^8)*65535 + 255; type preference 130 for high, 0 for low;
    // component 1.
    private const uint HighPriority = 2_197_815_295;
    private const uint LowPriority = 16_777_215;

    /// <summary>
    /// Puts a candidate for RTCP and one for RTP before the last candidate line. Media without candidates gets none,
    /// and neither does media whose connectivity checks have concluded.
    /// </summary>
    public static void Add(SdpMedia media, string address, int port, IcePriority priority, SpliceList changes)
    {
        if (priority == IcePriority.None || media.HasRemoteCandidates || media.Line.Formats.IsEmpty
            || media.Candidates.LastOrDefault() is not { } last)
        {
            return;
        }

        uint rank = priority == IcePriority.High ? HighPriority : LowPriority;
        string foundation = string.Concat(address.Where(char.IsAsciiDigit));
        changes.Insert(
            last.Line.Start,
            Line(foundation, 2, rank - 1, address, port + 1) + Line(foundation, 1, rank, address, port));
    }

    private static string Line(string foundation, int component, uint rank, string address, int port) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"a=candidate:{foundation} {component} UDP {rank} {address} {port} typ relay\r\n");
}
