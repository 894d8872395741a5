using System.Reflection;

namespace RtpProxy.Controller.Tests.Surface;

/// <summary>What the library shows to its users changes on purpose only.</summary>
public sealed class PublicSurfaceTests
{
    // All assemblies of the packages.
    private static readonly string[] Packed =
        ["RtpProxy.Controller", "RtpProxy.Controller.Hosting", "RtpProxy.Lines", "RtpProxy.Protocols.Rtpp", "RtpProxy.Sip"];

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        string approved = Path.Combine(AppContext.BaseDirectory, "Surface", "approved.txt");
        string actual = PublicSurface.Of([.. Packed.Select(name => Assembly.Load(name))]);
        string proposed = Path.Combine(AppContext.BaseDirectory, "Surface", "proposed.txt");
        File.WriteAllText(proposed, actual);

        string[] before = File.Exists(approved) ? File.ReadAllLines(approved) : [];
        string[] after = actual.TrimEnd('\n').Split('\n');

        after.Except(before).ShouldBeEmpty($"new; if that is right, copy {proposed} to tests/Controller.Tests/Surface/approved.txt");
        before.Except(after).ShouldBeEmpty($"gone; if that is right, copy {proposed} to tests/Controller.Tests/Surface/approved.txt");
        after.ShouldBe(before);
    }
}
