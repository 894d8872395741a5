namespace RtpProxy.Ctl.Output;

/// <summary>Why a call is as it is.</summary>
/// <param name="Party">Whom it is about, <c>caller</c> or <c>callee</c>; absent if both or none.</param>
/// <param name="Missing">What is not known, because only the control protocol was asked.</param>
internal sealed record VerdictResult(
    string Socket, string CallId, string FromTag, string Verdict, bool Trouble, string? Party, string Sentence, string? Missing);
