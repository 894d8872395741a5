using System.Text;

namespace RtpProxy.Protocols.Ng.Tests.Recorded;

/// <summary>Requests that real servers sent, one of each kind: a datagram a line, with \r, \n and \\ escaped.</summary>
internal static class Recording
{
    public static byte[][] Kamailio { get; } = Read("kamailio-5.6");

    public static byte[][] OpenSips { get; } = Read("opensips-4.1");

    public static IEnumerable<byte[]> All => Kamailio.Concat(OpenSips);

    private static byte[][] Read(string name) =>
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Recorded", name + ".requests"), Encoding.Latin1)
            .Select(line => Encoding.Latin1.GetBytes(line.Replace("\\r", "\r").Replace("\\n", "\n").Replace("\\\\", "\\"))),
    ];
}
