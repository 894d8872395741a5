namespace RtpProxy.Controller.Tests.Differential;

/// <summary>
/// A message with which we do better than the module on purpose; docs/differences-controller.md says why.
/// </summary>
/// <param name="Section">The heading in that document.</param>
/// <param name="Case">The message.</param>
/// <param name="Module">
/// What the module does: code, then commands, parted by <c>|</c>; the Call-ID written as <c>#</c>.
/// </param>
/// <param name="Ours">What we do, in the same form.</param>
public sealed record KnownDifference(string Section, ModuleCase Case, string Module, string Ours)
{
    /// <summary>
    /// Lines that our body has and the module's has not, in order, parted by <c>|</c>; null when the bodies are the
    /// same.
    /// </summary>
    public string? OnlyOurLines { get; init; }

    /// <summary>Lines that the module's body has and ours has not, in order, parted by <c>|</c>.</summary>
    public string? OnlyModuleLines { get; init; }

    public override string ToString() => Case.Name;
}
