using System.Text;

namespace RtpProxy.Watch.Ng;

/// <summary>A message of the ng protocol on its way to the relay, which always has a cookie there.</summary>
/// <param name="Bytes">Cookie, space, dictionary.</param>
/// <param name="Cookie">What stands before the space.</param>
/// <param name="IsCookieOurs">Whoever sent it said none, and gets none.</param>
internal readonly record struct NgMessage(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Cookie, bool IsCookieOurs)
{
    private const byte Space = (byte)' ';
    private const int MaxCookie = 1_000; // a longer one is not answered
    private const int CookieOfOurs = 32; // a GUID in hexadecimal digits

    /// <summary>As long as the message may be that somebody sends: with a cookie it has to fit into a datagram.</summary>
    public static int LongestSent(bool hasCookie) => hasCookie ? NgRelay.MaxMessage : NgRelay.MaxMessage - CookieOfOurs - 1;

    /// <summary>As it is with a cookie.</summary>
    /// <returns>Null where there is none that is answered: the message has no space, begins with one, or has it too far behind.</returns>
    public static NgMessage? WithCookie(byte[] message)
    {
        int space = Array.IndexOf(message, Space);
        return space is > 0 and <= MaxCookie ? new NgMessage(message, message.AsMemory(0, space), IsCookieOurs: false) : null;
    }

    /// <summary>A dictionary by itself.</summary>
    public static NgMessage Plain(byte[] dictionary)
    {
        byte[] cookie = Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"));
        return new NgMessage((byte[])[.. cookie, Space, .. dictionary], cookie, IsCookieOurs: true);
    }

    /// <summary>What goes back to whoever sent it.</summary>
    public ReadOnlyMemory<byte> Back(byte[] reply) => IsCookieOurs ? reply.AsMemory(Cookie.Length + 1) : reply;
}
