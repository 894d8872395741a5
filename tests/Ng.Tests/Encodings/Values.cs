using System.Text;
using RtpProxy.Protocols.Ng.Encodings;

namespace RtpProxy.Protocols.Ng.Tests.Encodings;

/// <summary>Short forms for tests.</summary>
internal static class Values
{
    public static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    public static NgDictionary? Bencoded(string latin1) => Bencode.Read(Bytes(latin1));

    public static NgDictionary? Json(string text, out string? error) => NgJson.Read(Encoding.UTF8.GetBytes(text), out error);

    public static byte[] Write(NgDictionary dictionary, NgEncoding encoding)
    {
        var writer = new NgWriter();
        writer.Reset(encoding);
        writer.Value(new NgValue(dictionary));
        return writer.Written.ToArray();
    }

    public static NgValue Text(string text) => new(text);

    public static NgValue List(params NgValue[] items) => new([.. items]);

    public static NgValue List(params string[] items) => new([.. items.Select(Text)]);

    public static NgDictionary Dictionary(params (string Key, NgValue Value)[] entries) =>
        new([.. entries.Select(entry => new NgEntry(entry.Key, entry.Value))]);
}
