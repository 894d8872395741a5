namespace RtpProxy.Sip.Tests;

public sealed class SipMessageEditorTests
{
    [Fact]
    public void A_changed_body_changes_content_length_and_nothing_else()
    {
        var editor = new SipMessageEditor(Messages.Parse(Messages.Invite));
        editor.Changes.Insert(editor.Message.Body.End, "o=longer than before\r\n");
        editor.Build().ShouldBe(Messages.Invite.Replace("Length: 5", "Length: 27", StringComparison.Ordinal) + "o=longer than before\r\n");
    }

    [Fact]
    public void A_body_without_content_length_stays_without()
    {
        var editor = new SipMessageEditor(Messages.Parse("ACK sip:a SIP/2.0\r\nTo: x\r\n\r\nbody"));
        editor.Changes.Replace(editor.Message.Body, "other body");
        editor.Build().ShouldBe("ACK sip:a SIP/2.0\r\nTo: x\r\n\r\nother body");
    }

    [Fact]
    public void Bytes_behind_the_body_are_dropped()
    {
        var editor = new SipMessageEditor(Messages.Parse("ACK sip:a SIP/2.0\r\nl:2\r\n\r\nabcdef"));
        editor.Build().ShouldBe("ACK sip:a SIP/2.0\r\nl:2\r\n\r\nab");
    }

    [Fact]
    public void A_via_goes_on_top_of_the_others()
    {
        var editor = new SipMessageEditor(Messages.Parse(Messages.Invite));
        editor.AddFirst(HeaderKind.Via, "SIP/2.0/UDP proxy;branch=z9hG4bKp");
        SipMessage message = Messages.Parse(editor.Build());
        message.TopVia!.SentBy.Host.ShouldBe("proxy");
        message.FindVia(1)!.SentBy.Host.ShouldBe("pc33.atlanta.example.com");
    }

    [Fact]
    public void A_field_that_is_not_there_goes_to_the_top()
    {
        var editor = new SipMessageEditor(Messages.Parse("ACK sip:a SIP/2.0\r\nTo: x\r\n\r\n"));
        editor.AddFirst(HeaderKind.RecordRoute, "<sip:p;lr>");
        editor.AddLast("X-Last", "1");
        editor.Build().ShouldBe("ACK sip:a SIP/2.0\r\nRecord-Route: <sip:p;lr>\r\nTo: x\r\nX-Last: 1\r\n\r\n");
    }

    [Fact]
    public void Fields_can_be_added_to_a_message_without_any()
    {
        var editor = new SipMessageEditor(Messages.Parse("ACK sip:a SIP/2.0\r\n\r\n"));
        editor.AddLast("To", "x");
        editor.Build().ShouldBe("ACK sip:a SIP/2.0\r\nTo: x\r\n\r\n");
    }

    [Theory]
    [InlineData("Via: a\r\nVia: b\r\n", "Via: b\r\n")]
    [InlineData("Via: a, b\r\n", "Via: b\r\n")]
    [InlineData("v: a ,\r\n b,c\r\n", "v: b,c\r\n")]
    [InlineData("To: x\r\nVia: a\r\n", "To: x\r\n")]
    public void The_first_value_is_removed_alone(string before, string after)
    {
        var editor = new SipMessageEditor(Messages.Parse($"ACK sip:a SIP/2.0\r\n{before}\r\n"));
        editor.RemoveFirstValue(HeaderKind.Via).ShouldBeTrue();
        editor.Build().ShouldBe($"ACK sip:a SIP/2.0\r\n{after}\r\n");
    }

    [Fact]
    public void There_may_be_nothing_to_remove()
    {
        var editor = new SipMessageEditor(Messages.Parse("ACK sip:a SIP/2.0\r\n\r\n"));
        editor.RemoveFirstValue(HeaderKind.Route).ShouldBeFalse();
        editor.RemoveAll(HeaderKind.Route);
        editor.Build().ShouldBe("ACK sip:a SIP/2.0\r\n\r\n");
    }

    [Theory]
    [InlineData("Max-Forwards: 70\r\n", "Max-Forwards: 69\r\n")]
    [InlineData("Max-Forwards:70\r\n", "Max-Forwards: 69\r\n")]
    [InlineData("Max-Forwards:\r\n", "Max-Forwards: 69\r\n")]
    [InlineData("max-forwards :\r\n 70 \r\n", "max-forwards :\r\n 69 \r\n")]
    [InlineData("", "Max-Forwards: 69\r\n")]
    public void A_value_is_replaced_or_its_field_added(string before, string after)
    {
        var editor = new SipMessageEditor(Messages.Parse($"ACK sip:a SIP/2.0\r\n{before}\r\n"));
        editor.SetValue(HeaderKind.MaxForwards, "69");
        Messages.Parse(editor.Build()).Text.ShouldBe($"ACK sip:a SIP/2.0\r\n{after}\r\n");
    }

    [Fact]
    public void The_request_uri_is_replaced()
    {
        var editor = new SipMessageEditor(Messages.Parse(Messages.Invite));
        editor.ReplaceRequestUri("sip:bob@192.0.2.4");
        editor.Build().ShouldStartWith("INVITE sip:bob@192.0.2.4 SIP/2.0\r\nVia:");
    }
}
