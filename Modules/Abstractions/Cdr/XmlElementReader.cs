using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml;

namespace Billing.Abstractions.Cdr;

/// <summary>
/// Cuts an XML file into the elements of one name. Tags are looked for, comments are stepped over, and no more is understood before an element goes to the real
/// parser: so one damaged element costs one problem, and a file without its closing tag, as an exchange leaves it that was switched off, can be read to where it ends.
/// </summary>
/// <remarks>Definitions of document types are stepped over and never followed: nothing is loaded from anywhere.</remarks>
sealed class XmlElementReader(ElementCdrFormat format, CdrFile file, ICdrSink sink) : ElementReader(format, file, sink)
{
    private const int MaxDepth = 32;

    private static readonly SearchValues<byte> EndsOfName = SearchValues.Create(" \t\r\n/>"u8);

    private readonly byte[] name = Encoding.UTF8.GetBytes(format.Elements.Names[0]);
    private readonly Dictionary<string, int> siblings = new(StringComparer.Ordinal);
    private int depth;
    private bool hasElements;
    private bool hasHeading;

    protected override bool Next()
    {
        var rest = Rest;
        var open = rest.IndexOf((byte)'<');
        if (open != 0) return Between(rest, open);

        if (rest.StartsWith("<!--"u8)) return StepOver(rest, "-->"u8);
        if (rest.Length < 4 && !rest.Contains((byte)'>')) return false;
        if (rest.StartsWith("<!DOCTYPE"u8)) return Doctype(rest);
        if (rest.StartsWith("<?"u8)) return StepOver(rest, "?>"u8);
        var tag = rest.IndexOf((byte)'>') + 1;
        if (tag == 0) return false;

        if (IsTag(rest[1..])) return Element(rest, tag);
        if (rest[1] == '/') depth--;
        else if (rest[tag - 2] != '/') depth++;
        if (hasElements)
        {
            // The last closing tag is all that a file has for a trailer.
            if (depth == 0) Skip(CdrStructure.Trailer);
        }
        else hasHeading = true;
        Use(tag);
        return true;
    }

    protected override void End()
    {
        if (!Rest.IsEmpty) Problem(CdrProblemCode.Truncated, "The file was cut off inside its last element.", Rest.Length);
        else if (depth > 0) Problem(CdrProblemCode.Truncated, "The file was cut off: its outermost element is not closed, so there may have been more records.", 0);
    }

    protected override string? Parse(ReadOnlySpan<byte> element, ElementIndex into)
    {
        siblings.Clear();
        // Prefixes are declared round the elements, out of sight: names are taken as they stand, and their prefixes left off.
        var xml = new XmlTextReader(new StringReader(CdrText.Decode(element))) { Namespaces = false, EntityHandling = EntityHandling.ExpandEntities, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        try
        {
            while (xml.NodeType != XmlNodeType.Element && xml.Read())
            {
            }
            return Children(xml, into) ? null : $"The element has more than {MaxDepth} elements within each other.";
        }
        catch (XmlException broken)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The element is not well-formed XML in its line {broken.LineNumber}, character {broken.LinePosition}.");
        }
        finally
        {
            xml.Dispose();
        }
    }

    /// <summary>What stands between tags outside of records: spaces, or something that should not be there.</summary>
    private bool Between(ReadOnlySpan<byte> rest, int open)
    {
        var text = open < 0 ? rest : rest[..open];
        var isBlank = text.IndexOfAnyExcept(" \t\r\n"u8) < 0;
        if (open < 0 && !isBlank) return false;
        // A wrapping element may say something before the first record.
        if (isBlank || !hasElements) Use(text.Length);
        else Problem(CdrProblemCode.BadStructure, $"'{CdrText.Excerpt(text.Trim(" \t\r\n"u8))}' stands where a record should.", text.Length);
        return open >= 0;
    }

    private bool StepOver(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> end)
    {
        var length = rest.IndexOf(end);
        if (length < 0) return false;
        Use(length + end.Length);
        return true;
    }

    private bool Doctype(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny((byte)'>', (byte)'[');
        if (end >= 0 && rest[end] == '[')
        {
            var close = rest.IndexOf("]"u8);
            end = close < 0 ? -1 : rest[close..].IndexOf((byte)'>') is var after and >= 0 ? close + after : -1;
        }
        if (end < 0) return false;
        Use(end + 1);
        return true;
    }

    private bool Element(ReadOnlySpan<byte> rest, int tag)
    {
        if (hasHeading)
        {
            hasHeading = false;
            Skip(CdrStructure.Heading);
        }
        hasElements = true;
        if (rest[tag - 2] == '/')
        {
            Element(tag);
            return true;
        }
        var at = tag;
        while (true)
        {
            var next = rest[at..].IndexOf((byte)'<');
            if (next < 0) return false;
            at += next + 1;
            var isClosing = at < rest.Length && rest[at] == '/';
            if (rest.Length - at < name.Length + 2) return false;
            if (!IsTag(rest[(isClosing ? at + 1 : at)..])) continue;
            if (!isClosing)
            {
                // Another one begins, so this one was cut off: it alone is lost.
                Problem(CdrProblemCode.BadStructure, "The element is not closed before the next one begins.", at - 1);
                return true;
            }
            var end = rest[at..].IndexOf((byte)'>');
            if (end < 0) return false;
            Element(at + end + 1);
            return true;
        }
    }

    // With or without a prefix: <cdrData> and <bw:cdrData>.
    private bool IsTag(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny(EndsOfName);
        if (end < 0) return false;
        var found = text[..end];
        return found[(found.IndexOf((byte)':') + 1)..].SequenceEqual(name);
    }

    private bool Children(XmlReader xml, ElementIndex into)
    {
        Attributes(xml, into);
        if (xml.IsEmptyElement) return true;
        var root = xml.Depth;
        // Where each open element leads back up to.
        Span<int> up = stackalloc int[MaxDepth];
        while (xml.Read() && xml.Depth > root)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    var below = xml.Depth - root - 1;
                    if (below >= MaxDepth) return false;
                    up[below] = Enter(xml, into);
                    Attributes(xml, into);
                    if (xml.IsEmptyElement)
                    {
                        into.Add((ReadOnlySpan<byte>)[]);
                        into.Leave(up[below]);
                    }
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    into.Add(xml.Value.AsSpan());
                    break;
                case XmlNodeType.EndElement:
                    into.Leave(up[xml.Depth - root - 1]);
                    break;
            }
        }
        return true;
    }

    private static ReadOnlySpan<char> NameOf(XmlReader xml) => xml.Name.AsSpan(xml.Name.IndexOf(':', StringComparison.Ordinal) + 1);

    private int Enter(XmlReader xml, ElementIndex into)
    {
        var up = into.Enter(NameOf(xml));
        CollectionsMarshal.GetValueRefOrAddDefault(siblings, into.Path, out _)++;
        if (siblings[into.Path] is > 1 and var member) into.Enter(member.ToString(CultureInfo.InvariantCulture));
        return up;
    }

    private static void Attributes(XmlReader xml, ElementIndex into)
    {
        while (xml.MoveToNextAttribute())
        {
            var up = into.Enter($"@{NameOf(xml)}");
            into.Add(xml.Value.AsSpan());
            into.Leave(up);
        }
        xml.MoveToElement();
    }
}
