using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Tests.Encodings;

namespace RtpProxy.Protocols.Ng.Tests.Replies;

/// <summary>Replies as clients see them.</summary>
internal static class Answers
{
    /// <summary>The bytes of a reply to a request with the cookie <c>ck</c>.</summary>
    public static byte[] Bytes(NgEncoding encoding, Action<NgReplyWriter> write)
    {
        NgMessage.TrySplit(Values.Bytes(encoding == NgEncoding.Json ? "ck {" : "ck d"), out NgMessage request).ShouldBeTrue();
        var writer = new NgReplyWriter();
        writer.Begin(request);
        writer.WriteOk();
        writer.Begin(request);
        write(writer); // over what the first reply left in the buffer
        return writer.Written.ToArray();
    }

    public static string Text(NgEncoding encoding, Action<NgReplyWriter> write) =>
        System.Text.Encoding.Latin1.GetString(Bytes(encoding, write));

    /// <summary>The dictionary, the same in both encodings.</summary>
    public static NgDictionary Dictionary(Action<NgReplyWriter> write)
    {
        NgMessage.TrySplit(Bytes(NgEncoding.Bencode, write), out NgMessage bencode).ShouldBeTrue();
        NgMessage.TrySplit(Bytes(NgEncoding.Json, write), out NgMessage json).ShouldBeTrue();
        NgDictionary dictionary = bencode.ReadDictionary(out _).ShouldNotBeNull();
        json.ReadDictionary(out _).ShouldBe(dictionary);
        return dictionary;
    }
}
