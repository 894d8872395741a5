namespace RtpProxy.Daemon.Options;

/// <summary>
/// What is wrong with the value of an option. Which option and value it is, whoever tells it adds: <see cref="Setting.Refuse"/>.
/// </summary>
/// <param name="Expected">What the value could have been: the end of a sentence.</param>
/// <param name="Reason">What speaks against it, behind "but", where the expectation does not say it.</param>
internal sealed record ValueFault(string Expected, string? Reason = null);
