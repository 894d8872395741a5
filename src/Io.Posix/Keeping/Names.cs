using System.Text;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>Names of what is held: any bytes, as text a character for each.</summary>
internal static class Names
{
    public static bool IsName(ReadOnlySpan<byte> bytes) => bytes.Length is > 0 and <= Keeper.MaxName;

    public static string FromBytes(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static byte[] ToBytes(string name) => Encoding.Latin1.GetBytes(name);
}
