namespace RtpProxy.Watch.Views;

/// <summary>Why a request was not answered.</summary>
/// <param name="Code">For machines.</param>
/// <param name="Text">A sentence for people.</param>
internal sealed record Problem(string Code, string Text);
