using System.Globalization;
using System.Text;
using RtpProxy.SipEdge.Management;

namespace RtpProxy.SipEdge.Tests.Fuzz;

/// <summary>
/// Any bytes as an HTTP request: read or refused. What is complete was incomplete one byte earlier, is the same whatever
/// follows, and has the body that its one Content-Length says.
/// </summary>
public static class HttpRequestTarget
{
    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        string text = Encoding.Latin1.GetString(data);
        HttpParse outcome = HttpRequest.TryParse(text, out HttpRequest? request);
        (request is not null).ShouldBe(outcome == HttpParse.Complete);
        if (request is null)
        {
            return;
        }

        int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        int length = LengthSaidIn(text[..head]);
        request.Body.ShouldBe(text.Substring(head, length));
        request.Path.ShouldStartWith("/");
        request.Path.ShouldNotContain(' ');
        string whole = text[..(head + length)];
        HttpRequest.TryParse(whole[..^1], out _).ShouldBe(HttpParse.Incomplete);
        HttpRequest.TryParse(whole + "GET / HTTP/1.1\r\n\r\n", out HttpRequest? again).ShouldBe(HttpParse.Complete);
        again.ShouldBe(request);
    }

    // Another way to the same number: a line at a time, as a person reads it.
    private static int LengthSaidIn(string head)
    {
        string[] said = [.. head.Split("\r\n").Skip(1)
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))];
        said.Length.ShouldBeLessThan(2);
        return said is [var one] ? int.Parse(one.Split(':', 2)[1].Trim(), CultureInfo.InvariantCulture) : 0;
    }
}
