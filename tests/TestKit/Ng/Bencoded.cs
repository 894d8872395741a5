using System.Text;
using RtpProxy.Protocols.Ng.Encodings;

namespace RtpProxy.TestKit.Ng;

/// <summary>Writes requests as clients do.</summary>
public static class Bencoded
{
    public static byte[] Write(NgValue value) => Encoding.Latin1.GetBytes(Text(value));

    private static string Text(NgValue value) => value.Kind switch
    {
        NgValueKind.Text => Text(value.Text!),
        NgValueKind.Number => $"i{value.Number}e",
        NgValueKind.List => $"l{string.Concat(value.Items.Select(Text))}e",
        _ => $"d{string.Concat(value.Dictionary!.Entries.ToArray().Select(entry => Text(entry.Key) + Text(entry.Value)))}e",
    };

    private static string Text(string text) => $"{text.Length}:{text}";
}
