using System.Text;

namespace RtpProxy.Watch.Ng;

/// <summary>A message of the ng protocol on its way to the relay, which always has a cookie there.</summary>
/// <param name="Bytes">Cookie, space, dictionary.</param>
/// <param name="Cookie">What stands before the space.</param>
/// <param name="IsCookieOurs">Whoever sent it said none, and gets none.</param>
internal readonly record struct NgMessage(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Cookie, bool IsCookieOurs)
{
    private const byte Space = (byte)' ';

    /// <summary>As it is with a cookie.</summary>
    /// <returns>Null where there is none: the message has no space, or begins with one.</returns>
    public static NgMessage? WithCookie(byte[] message)
    {
        int space = Array.IndexOf(message, Space);
        return space > 0 ? new NgMessage(message, message.AsMemory(0, space), IsCookieOurs: false) : null;
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
