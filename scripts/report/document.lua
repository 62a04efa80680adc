-- What both documents need on paper: figures of a fixed width, links to pages of the repository as plain text (there is
-- nothing that they would lead to), and a table's class by whether it holds prose.

function Image(image)
    if FORMAT == "docx" then image.attributes.width = "12.2cm" end
    return image
end

function Link(link)
    if link.target:match("^https?://") then return link end
    return link.content
end

-- The cells' letters decide: a row of more than 120 is prose, and such a table may go over pages.
function Table(table)
    local rows, letters = 0, 0
    for _, body in ipairs(table.bodies) do
        for _, row in ipairs(body.body) do
            rows = rows + 1
            for _, cell in ipairs(row.cells) do letters = letters + #pandoc.utils.stringify(cell.contents) end
        end
    end
    if rows > 0 and letters / rows > 120 then table.classes:insert("prose") end
    return table
end
