using System.Runtime.CompilerServices;

namespace RtpProxy.Controller.Tests;

/// <summary>The example of the package's README is the sample that is built.</summary>
public sealed class PackageReadmeTests
{
    [Fact]
    public void The_example_is_the_sample()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));
        string readme = File.ReadAllText(Path.Combine(root, "src", "Controller", "README.md"));
        string sample = File.ReadAllText(Path.Combine(root, "samples", "ProxyWithMedia", "Program.cs"));
        int start = readme.IndexOf("```csharp\n", StringComparison.Ordinal) + "```csharp\n".Length;

        string example = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];

        example.Length.ShouldBeGreaterThan(500);
        sample.ShouldContain(example, Case.Sensitive);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
