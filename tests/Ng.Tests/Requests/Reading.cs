using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Requests;
using static RtpProxy.Protocols.Ng.Tests.Encodings.Values;

namespace RtpProxy.Protocols.Ng.Tests.Requests;

/// <summary>Requests out of dictionaries, short enough for tests.</summary>
internal static class Reading
{
    public static NgRequest Request(string command, params (string Key, NgValue Value)[] entries)
    {
        NgDictionary dictionary = Dictionary([("command", Text(command)), ("call-id", Text("c")), .. entries]);
        NgRequestReader.TryRead(dictionary, out NgRequest? request, out string? error).ShouldBeTrue(error);
        error.ShouldBeNull();
        return request!;
    }

    public static T Request<T>(string command, params (string Key, NgValue Value)[] entries)
        where T : NgRequest => Request(command, entries).ShouldBeOfType<T>();

    public static string? Error(params (string Key, NgValue Value)[] entries)
    {
        NgRequestReader.TryRead(Dictionary(entries), out NgRequest? request, out string? error).ShouldBe(error is null);
        (request is null).ShouldBe(error is not null);
        return error;
    }

    /// <summary>The options of an offer with these keys.</summary>
    public static MediaOptions Keys(params (string Key, NgValue Value)[] entries) =>
        Request<OfferRequest>("offer", [("from-tag", Text("A")), ("sdp", Text("v=0\r\n")), .. entries]).Options;

    /// <summary>The options of an offer with these words in <c>flags</c>.</summary>
    public static MediaOptions Flags(params string[] words) => Keys(("flags", List(words)));

    /// <summary>The options of an offer with this string of flags.</summary>
    public static MediaOptions FlagString(string text) => Keys(("rtpp-flags", Text(text)));
}
