namespace RtpProxy.Protocols.Ng.Tests.Sdp;

/// <summary>A message of a case.</summary>
/// <param name="Words"><c>offer</c> or <c>answer</c>, then <c>from=TAG</c> and options.</param>
public sealed record SdpCaseStep(string[] Words, List<string> Body, List<string> SentOn, string? Error)
{
    public bool IsOffer => Words[0] == "offer";

    public bool Has(string word) => Words.Contains(word);

    public string? ValueOf(string key) =>
        Words.FirstOrDefault(word => word.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..];

    public string[] ListOf(string key) => ValueOf(key)?.Split(',') ?? [];
}
