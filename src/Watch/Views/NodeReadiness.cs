namespace RtpProxy.Watch.Views;

/// <summary>Whether one relay can take new calls, and why not.</summary>
internal sealed record NodeReadiness(string Node, bool Ready, IReadOnlyList<string> NotReady);
