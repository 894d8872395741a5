namespace RtpProxy.Controller.Agreements;

/// <summary>One party's side of one medium of a call.</summary>
/// <param name="Tag">The party's tag, bare.</param>
/// <param name="Number">Number of the media description, from 1.</param>
internal readonly record struct LegId(string Tag, int Number);
