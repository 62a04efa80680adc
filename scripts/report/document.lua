-- What both documents need on paper: figures of a fixed width, links to pages of the repository as plain text (there is
-- nothing that they would lead to), and tables by what they hold.

function Image(image)
    if FORMAT == "docx" then image.attributes.width = "13.4cm" end
    return image
end

function Link(link)
    if link.target:match("^https?://") then return link end
    return link.content
end

-- The letters of the longest cell of each column, up to a line of them.
local function measured(table)
    local longest = {}
    local function look(row)
        for column, cell in ipairs(row.cells) do
            local length = utf8.len(pandoc.utils.stringify(cell.contents)) or 0
            longest[column] = math.max(longest[column] or 0, math.min(length, 60))
        end
    end
    for _, row in ipairs(table.head.rows) do look(row) end
    for _, body in ipairs(table.bodies) do
        for _, row in ipairs(body.body) do look(row) end
    end
    return longest
end

-- A table with a long cell is one of prose, and may go over lines and pages. In DOCX columns are as wide as their longest
-- cell asks for, since not every reader finds that out by itself.
function Table(table)
    local longest = measured(table)
    for _, length in ipairs(longest) do
        if length > 40 and not table.classes:includes("prose") then table.classes:insert("prose") end
    end
    if FORMAT == "docx" then
        local sum = 0
        for _, length in ipairs(longest) do sum = sum + length + 3 end
        for column, spec in ipairs(table.colspecs) do
            table.colspecs[column] = {spec[1], (longest[column] + 3) / sum}
        end
    end
    return table
end
