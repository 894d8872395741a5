namespace RtpProxy.Daemon.Options;

/// <summary>What replies show instead of an address: of <c>-A</c>, and behind <c>=</c> in <c>-l</c> and <c>-6</c>.</summary>
internal static class AdvertisedText
{
    /// <returns>What is wrong with it; null if it can stand in a reply.</returns>
    public static ValueFault? Check(string text) => text.Length == 0 || text.Any(c => c is <= ' ' or '\x7F')
        ? new("an address, or another text without blanks, to be shown in replies", text.Length == 0 ? "a text to show is empty" : "a reply cannot show it")
        : null;
}
